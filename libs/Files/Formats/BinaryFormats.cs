using System.Buffers.Binary;

namespace PluginHost.Libs.Files.Formats;

/// <summary>Formats that are no text, by the bytes they begin with.</summary>
internal static class BinaryFormats
{
    private const string Unpack = "unpack it ({1}), or pack it with bgzip";
    private const int TarMark = 257;
    private const int Telling = 16;

    private static readonly KnownFormat zip = new("a zip archive (or a spreadsheet)", "unpack it, or save the spreadsheet as CSV");
    private static readonly KnownFormat excel = new("an Excel workbook", "save its sheet as CSV");
    private static readonly KnownFormat openDocument = new("an OpenDocument file", "save its sheet as CSV");
    private static readonly KnownFormat npz = new("a NumPy archive (npz)", "it holds arrays, as 'host embed' writes them: a table of "
        + "sequences is CSV or TSV");
    private static readonly KnownFormat torch = new("a PyTorch checkpoint", "it holds weights: 'host import' reads the folder it lies in");
    private static readonly KnownFormat safetensors =
        new("a safetensors file", "it holds weights: give the model's folder as MODEL, or read it with 'host import'");
    private static readonly KnownFormat tar = new("a tar archive", "unpack it: tar -xf {0}");

    private static readonly (byte[] Magic, KnownFormat Format)[] known =
    [
        ([.. "BAM\u0001"u8], new("a BAM file", "convert its reads: samtools fasta {0} > NEW.fa")),
        ([.. "CRAM"u8], new("a CRAM file", "convert its reads: samtools fasta {0} > NEW.fa")),
        ([.. "BCF\u0002"u8], new("a BCF file", "convert it: bcftools view {0} > NEW.vcf")),
        ([.. "PAR1"u8], new("a Parquet file", "export it as CSV: python -c \"import pandas; "
            + "pandas.read_parquet('{0}').to_csv('NEW.csv', index=False)\"")),
        ([.. "ARROW1"u8], new("an Arrow file", "export it as CSV: python -c \"import pandas; "
            + "pandas.read_feather('{0}').to_csv('NEW.csv', index=False)\"")),
        ([0x93, .. "NUMPY"u8], new("a NumPy array", "it holds numbers: a table of sequences is CSV or TSV")),
        ([0x89, .. "HDF\r\n"u8], new("an HDF5 file", "export its sequences as CSV or FASTA")),
        ([0xD0, 0xCF, 0x11, 0xE0], new("an old Office file (.xls, .doc)", "save its sheet as CSV")),
        ([.. "SQLite format 3"u8], new("an SQLite database", "export its table: sqlite3 -header -csv {0} 'SELECT ...' > NEW.csv")),
        ([.. "%PDF"u8], new("a PDF document", "name the data itself")),
        ([0x89, .. "PNG"u8], new("a picture", "name the data itself")),
        ([.. "BZh"u8], new("bzip2-compressed", Unpacked("bunzip2"))),
        ([0xFD, .. "7zXZ"u8], new("xz-compressed", Unpacked("unxz"))),
        ([0x28, 0xB5, 0x2F, 0xFD], new("zstd-compressed", Unpacked("unzstd"))),
        ([.. "7z\u00BC"u8[..2], 0xBC, 0xAF], new("a 7-Zip archive", "unpack it")),
        ([0x43, 0x27, 0x41, 0x1A], new("a 2bit file", "convert it with twoBitToFa")),
        ([0x1A, 0x41, 0x27, 0x43], new("a 2bit file", "convert it with twoBitToFa")),
        ([0x26, 0xFC, 0x8F, 0x88], new("a bigWig file", "it holds values along a genome; sequences are FASTA")),
        ([0xEB, 0xF2, 0x89, 0x87], new("a bigBed file", "convert it with bigBedToBed")),
        ([0xFF, 0xFE], new("UTF-16 text", "save it as UTF-8")),
        ([0xFE, 0xFF], new("UTF-16 text", "save it as UTF-8")),
    ];

    /// <summary>The format, or null.</summary>
    public static KnownFormat? Find(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8)) return Zip(head);
        foreach (var (magic, format) in known)
            if (head.StartsWith(magic) && !(IsPlain(magic) && head.Length >= Telling && IsPlain(head))) return format;
        if (head.Length > 10 && BinaryPrimitives.ReadUInt64LittleEndian(head) < 1 << 30 && head[8..].StartsWith("{\""u8))
            return safetensors;
        if (head.Length >= 2 && head[0] == 0x80 && head[1] is >= 2 and <= 5) return torch;
        return head.Length > TarMark && head[TarMark..].StartsWith("ustar"u8) ? tar : null;
    }

    private static KnownFormat Zip(ReadOnlySpan<byte> head)
    {
        if (head.Length < 30) return zip;
        var name = head[30..Math.Min(head.Length, 30 + BinaryPrimitives.ReadUInt16LittleEndian(head[26..]))];
        if (name.StartsWith("[Content_Types]"u8) || name.StartsWith("xl/"u8) || name.StartsWith("docProps/"u8)) return excel;
        if (name.SequenceEqual("mimetype"u8)) return openDocument;
        if (name.EndsWith(".npy"u8)) return npz;
        return name.EndsWith(".pkl"u8) ? torch : zip;
    }

    /// <summary>Whether bytes are ASCII text: a column may be called as a format's mark.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExceptInRange((byte)'\t', (byte)'~');

    private static string Unpacked(string with) => Unpack.Replace("{1}", $"{with} {{0}}", StringComparison.Ordinal);
}

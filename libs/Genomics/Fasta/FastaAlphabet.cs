using System.Buffers;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>What a byte of a FASTA sequence line stands for.</summary>
public static class FastaAlphabet
{
    /// <summary>The four bases in either case, and U.</summary>
    public static readonly SearchValues<byte> Bases = SearchValues.Create("ACGTUacgtu"u8);

    /// <summary>What ends a line.</summary>
    public static readonly SearchValues<byte> LineEnds = SearchValues.Create("\n\r"u8);

    private static readonly byte[] codes = Build();

    /// <summary>The normalised code (upper case, T for U) of a byte; 0 when it is none.</summary>
    public static byte Code(byte b) => codes[b];

    /// <summary>Blanks inside a sequence line are passed over.</summary>
    public static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t';

    private static byte[] Build()
    {
        var table = new byte[256];
        foreach (var code in Iupac.Codes) table[code] = table[char.ToLowerInvariant(code)] = (byte)code;
        table['U'] = table['u'] = (byte)'T';
        return table;
    }
}

using PluginHost.Data.Tests.Sources;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Features;
using PluginHost.Libs.Genomics.Tables;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Data.Tests.Files;

using Encoding = System.Text.Encoding;

/// <summary>A file of another format is named as what it is, by its content.</summary>
public sealed class ForeignFormatTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string, string> Texts => new()
    {
        { "@r1 x\nACGTN\n+\nIIIII\n", "a FASTQ file", "seqtk seq -A" },
        { "##fileformat=VCFv4.2\n##contig=<ID=c>\n", "a VCF file", "host data haplotypes" },
        { "##gff-version 3\n", "a GFF or GTF file", "host data windows" },
        { "#!genome-build x\nc\tx\tgene\t1\t9\t.\t-\t.\tgene_id \"a\";\n", "a GFF or GTF file", "host data windows" },
        { "chr1\t0\t90\tpeak\n", "a BED file", "--features" },
        { "track name=x\nchr1\t0\t90\n", "a BED file", "--features" },
        { "@HD\tVN:1.6\n@SQ\tSN:c\tLN:9\n", "a SAM file", "samtools fasta" },
        { "r1\t0\tc\t7\t60\t4M\t*\t0\t0\tACGT\tIIII\n", "a SAM file", "samtools fasta" },
        { "{\"sequence\": \"ACGT\", \"label\": 1}\n{\"sequence\": \"AC\", \"label\": 0}\n", "a file of JSON lines", "jq" },
        { "[\n  {\"sequence\": \"ACGT\"}\n]\n", "a JSON file", "CSV" },
        { "\n<!DOCTYPE html>\n<html><body>404</body></html>", "a web page", "download the file itself" },
        { "version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "a git-lfs pointer", "git lfs pull" },
        { "LOCUS       NC_000913 4641652 bp\n", "a GenBank file", "seqret" },
    };

    public static TheoryData<byte[], string> Binaries => new()
    {
        { [.. "BAM\u0001"u8, 0, 0, 0, 0], "a BAM file" },
        { [.. "BCF\u0002\u0002"u8, 0, 0, 0], "a BCF file" },
        { [.. "PAR1"u8, 0x15, 4, 0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0], "a Parquet file" },
        { [0x93, .. "NUMPY"u8, 1, 0], "a NumPy array" },
        { [0x89, .. "HDF\r\n"u8, 0x1A], "an HDF5 file" },
        { Zip("[Content_Types].xml"), "an Excel workbook" },
        { Zip("mimetype"), "an OpenDocument file" },
        { Zip("arr_0.npy"), "a NumPy archive" },
        { Zip("archive/data.pkl"), "a PyTorch checkpoint" },
        { Zip("train.csv"), "a zip archive" },
        { [40, 0, 0, 0, 0, 0, 0, 0, .. "{\"a\":"u8], "a safetensors file" },
    };

    private static byte[] Zip(string entry) =>
        [.. "PK\u0003\u0004"u8, .. new byte[22], (byte)entry.Length, 0, 0, 0, .. Encoding.ASCII.GetBytes(entry), 0, 0];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_given_for_a_table_is_named_with_what_reads_it(string text, string name, string remedy)
    {
        foreach (var content in (byte[][])[Encoding.UTF8.GetBytes(text), Pack.Gzip(Encoding.UTF8.GetBytes(text))])
        {
            var path = folder.Write("train.csv", content);
            var message = Assert.Throws<DataException>(() => TableReader.Read(path, new(), [], labelRequired: false)).Message;
            Assert.Contains($"train.csv is {name}", message);
            Assert.Contains(remedy, message);
        }
        Assert.Contains(name, Assert.Throws<DataException>(() => FastaFile.Open(folder["train.csv"])).Message);
        if (!name.Contains("VCF")) Assert.Contains(name, Assert.Throws<DataException>(() => VcfFile.Open(folder["train.csv"])).Message);
        if (!name.Contains("BED") && !name.Contains("GFF"))
            Assert.Contains(name, Assert.Throws<DataException>(() => FeatureFile.Read(folder["train.csv"]).Count()).Message);
    }

    [Theory]
    [MemberData(nameof(Binaries))]
    public void What_is_no_text_is_named(byte[] content, string name)
    {
        var path = folder.Write("a.fa", content);
        Assert.Contains(name, Assert.Throws<DataException>(() => FastaFile.Open(path)).Message);
        Assert.Contains(name, Assert.Throws<DataException>(() => TableReader.Read(path, new(), [], labelRequired: false)).Message);
        Assert.Contains(name, Assert.Throws<DataException>(() => FeatureFile.Read(path).Count()).Message);
    }

    /// <summary>Tables whose names of columns are as unlucky as can be.</summary>
    [Theory]
    [InlineData("gene\t1\t2\t3\nA\t4\t5\t6\n", "gene")]
    [InlineData("PAR1,CRAM,label,sequence\n1,2,3,ACGT\n", "PAR1")]
    [InlineData("LOCUS,ID,BZh9\na,b,c\n", "LOCUS")]
    [InlineData("tissue\t0\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\nskin\t0\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n", "tissue")]
    public void Tables_are_tables(string text, string key)
    {
        var table = JoinedTable.Read(folder.Write("t", text), key, new Dictionary<string, string[]>(), null);
        Assert.NotEmpty(table.Fields);
    }

    [Theory]
    [InlineData("adapter_config.json", "a folder of low-rank adapters (PEFT)", "--adapter")]
    [InlineData("pluginhost.json", "a model folder", "host predict")]
    [InlineData("pipeline.resolved.yaml", "a run folder", "host run --resume")]
    [InlineData("model.safetensors", "a published model", "host import")]
    [InlineData("dataset_dict.json", "a saved Hugging Face data set", "to_csv")]
    public void Folders_are_named_where_a_file_is_wanted(string mark, string name, string remedy)
    {
        folder.Write($"x/{mark}", "{}");
        var message = Assert.Throws<DataException>(() => TableReader.Read(folder["x"], new(), [], labelRequired: false)).Message;
        Assert.Contains($"x is {name}, not a file", message);
        Assert.Contains(remedy, message);
    }

    [Fact]
    public void A_lone_format_has_a_name_of_its_own()
    {
        Assert.Equal("a FASTA file", ForeignFormat.Name(folder.Write("a.csv", ">a\nAC\n")));
        Assert.Null(ForeignFormat.Name(folder.Write("b.csv", "sequence,label\nAC,1\n")));
        Assert.Null(ForeignFormat.Name(folder.Write("c.yaml", "name: x\n")));
    }
}

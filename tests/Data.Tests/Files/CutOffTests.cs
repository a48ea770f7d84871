using PluginHost.Data.Tests.Sources;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Features;
using PluginHost.Libs.Genomics.Tables;
using PluginHost.Libs.Genomics.Trees;
using PluginHost.Libs.Genomics.Variants;
using PluginHost.Plugins.DataTools.Negatives;

namespace PluginHost.Data.Tests.Files;

using Encoding = System.Text.Encoding;

/// <summary>A file that was cut off is never taken for a shorter one, whoever reads it.</summary>
public sealed class CutOffTests : IDisposable
{
    private const int Rows = 60;
    private readonly DataFolder folder = new();
    private int files;

    public void Dispose() => folder.Dispose();

    /// <summary>What reads each kind of file, and such a file; parts of lines would fail by themselves, whole lines would not.</summary>
    private static readonly Dictionary<string, (Action<string> Read, string Text)> readers = new()
    {
        ["table"] = (p => TableReader.Read(p, new(), [], labelRequired: true),
            Lines("sequence,label", i => $"{Dna.Random(40, (ulong)i)},1")),
        ["table, streamed"] = (p => TableReader.Stream(p, new()).Count(), Lines("sequence,label", i => $"{Dna.Random(40, (ulong)i)},1")),
        ["joined table"] = (p => JoinedTable.Read(p, "k", new Dictionary<string, string[]>(), null), Lines("k,v", i => $"k{i},{i}")),
        ["vcf"] = (p => VcfFile.Open(p).Records([0]).Count(), Lines(
            "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts", i =>
                $"c\t{i + 1}\t.\tA\tC\t.\t.\t.\tGT\t0|1")),
        ["bed"] = (p => FeatureFile.Read(p).Count(), Lines("c\t1\t9", i => $"c\t{i}\t{i + 9}\tname{i}")),
        ["gff"] = (p => FeatureFile.Read(p).Count(), Lines("##gff-version 3", i => $"c\tx\tgene\t{i + 1}\t{i + 9}\t.\t+\t.\tID=g{i}")),
        ["predictions"] = (p => PredictedRows.Read(p, "0"), Lines("id\tpredicted\tp_0\tp_1", i => $"{i}\t0\t0.5\t0.5")),
        ["newick"] = (p => NewickTree.Read(p), Lines("(a,b", i => $",c{i}") + ");"),
        ["fasta"] = (p => FastaFile.Open(p), Lines(">first\nACGT", i => $">r{i}\n{Dna.Random(40, (ulong)i)}")),
        ["fasta, believed"] = (p => FastaFile.Open(p, verify: false), Lines(">first\nACGT", i => $">r{i}\n{Dna.Random(40, (ulong)i)}")),
    };

    public static TheoryData<string> Readers => [.. readers.Keys];

    private static string Lines(string first, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, Rows).Select(line).Prepend(first).Select(l => l + "\n"));

    private string Fails(string reader, byte[] content, bool piped = false)
    {
        var path = folder[$"{++files}.txt"];
        if (piped) Fifo.With(path, content);
        else File.WriteAllBytes(path, content);
        return Assert.Throws<DataException>(() => readers[reader].Read(path)).Message.Replace(folder.Root + "/", "");
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Bgzip_without_its_last_block_is_refused(string reader)
    {
        var (read, text) = readers[reader];
        var bytes = Encoding.ASCII.GetBytes(text);
        read(folder.Write("whole", Pack.Bgzip(bytes, 100)));
        Assert.Contains("end-of-file block", Fails(reader, Pack.Bgzip(bytes, 100, end: false)));
        // Between two blocks, and at the end of a line: each block is whole, and each line.
        var half = bytes.AsSpan(0, bytes.AsSpan(0, bytes.Length / 2).LastIndexOf((byte)'\n') + 1).ToArray();
        Assert.Contains("end-of-file block", Fails(reader, Pack.Bgzip(half, 100, end: false)));
        Assert.Contains("end-of-file block", Fails(reader, Pack.Bgzip(half, 100, end: false), piped: true));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void What_is_cut_off_anywhere_or_followed_by_something_else_is_refused(string reader)
    {
        var bytes = Encoding.ASCII.GetBytes(readers[reader].Text);
        foreach (var packed in (byte[][])[Pack.Gzip(bytes), Pack.Bgzip(bytes, 200)])
        {
            // All lengths about the trailer's checksum and size, and some before.
            foreach (var length in Enumerable.Range(1, 40).Concat(Enumerable.Range(2, 6).Select(i => packed.Length * i / 9)))
                Fails(reader, packed[..^length]);
            Fails(reader, [.. packed, .. "garbage"u8]);
            Fails(reader, [.. packed, 0x1F, 0x8B]);
        }
    }

    [Fact]
    public void A_table_that_ends_within_a_row_is_refused()
    {
        folder.Write("cut.csv", "sequence,label\nACGT,1\nACG");
        Assert.Contains("cut.csv:3: the row has 1 cell but the header has 2",
            Assert.Throws<DataException>(() => TableReader.Read(folder["cut.csv"], new(), [], labelRequired: true)).Message);
    }

    [Fact]
    public void Gzip_of_several_members_has_no_such_block_and_is_read_whole()
    {
        var bytes = Encoding.ASCII.GetBytes(readers["table"].Text);
        Assert.Equal(Rows, TableReader.Read(folder.Write("a.gz", Pack.Gzip(bytes, members: 3)), new(), [], true).Samples.Count);
        // Two bgzip files one after the other: the first one's last block lies in the middle.
        var half = bytes.AsSpan().IndexOf((byte)'\n') + 1;
        byte[] joined = [.. Pack.Bgzip(bytes[..half], 100), .. Pack.Bgzip(bytes[half..], 100)];
        Assert.Equal(Rows, TableReader.Read(folder.Write("b.gz", joined), new(), [], true).Samples.Count);
    }
}

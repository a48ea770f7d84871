using PluginHost.Plugins.Tables.Labelled;
using PluginHost.Plugins.Tables.Parts;

namespace PluginHost.Data.Tests.Sources;

public sealed class LabelledSourceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-labelled-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private static List<Sample> All(IDataSource source, Split split) =>
        source.Open(split) is { } samples
            ? [.. Enumerable.Range(0, (int)samples.Count).Select(i => samples.Get(i, new SeededRandom((ulong)i)))] : [];

    [Fact]
    public void Folders_of_text_files_are_classes()
    {
        Write("train/neg/2.txt", "acgu\n");
        Write("train/neg/1.txt", "AAAA");
        Write("train/pos/1.txt", "CC\nCC\n");
        Write("test/pos/7.txt", "GGGG");
        var source = new ClassFoldersSource(new() { Path = folder }, p => p);

        Assert.Equal([("neg/1", "AAAA", "neg"), ("neg/2", "ACGT", "neg"), ("pos/1", "CCCC", "pos")],
            All(source, Split.Train).Select(s => (s.Id, s.Sequence, s.Label!)));
        Assert.Equal(["GGGG"], All(source, Split.Test).Select(s => s.Sequence));
        Assert.Null(source.Open(Split.Dev));
        Assert.Equal(4, source.Files.Count);
    }

    [Fact]
    public void Tables_of_sequences_are_classes()
    {
        Write("train/a.csv", "seq\nACGT\nCCGT\n");
        Write("train/b.tsv", "id\tsequence\nx\tGGGG\n");
        var source = new ClassFoldersSource(new() { Path = folder }, p => p);

        Assert.Equal([("a", "ACGT"), ("a", "CCGT"), ("b", "GGGG")], All(source, Split.Train).Select(s => (s.Label!, s.Sequence)));
    }

    [Fact]
    public void Tables_of_places_are_looked_up_on_their_strand()
    {
        var genome = Write("g.fa", ">chr1 first\nAACCGGTTAC\n>chr2\nTTTTT\n");
        Write("train/a.csv", "id,region,start,end,strand\n5,chr1,2,6,+\n6,chr1,0,4,-\n");
        Write("train/b.csv", "id,region,start,end,strand\n7,chr2,0,5,+\n");

        var samples = All(new ClassFoldersSource(new() { Path = folder, Genome = [genome] }, p => p), Split.Train);

        Assert.Equal([("a/5", "CCGG"), ("a/6", "GGTT"), ("b/7", "TTTTT")], samples.Select(s => (s.Id, s.Sequence)));
        Assert.Contains("name the FASTA files",
            Assert.Throws<UsageException>(() => new ClassFoldersSource(new() { Path = folder }, p => p).Open(Split.Train)).Message);
        Write("train/b.csv", "id,region,start,end,strand\n7,chr2,0,6,+\n");
        Assert.Contains("b.csv:2: chr2:0-6 is not on 'chr2', which has 5 bases",
            Assert.Throws<DataException>(() => All(new ClassFoldersSource(new() { Path = folder, Genome = [genome] }, p => p), Split.Train))
            .Message);
        Write("train/b.csv", "id,region,start,end,strand\n7,chr9,0,6,+\n");
        Assert.Contains("no record 'chr9'",
            Assert.Throws<DataException>(() => All(new ClassFoldersSource(new() { Path = folder, Genome = [genome] }, p => p), Split.Train))
            .Message);
    }

    [Fact]
    public void Fasta_headers_end_in_labels()
    {
        Write("train.fna", ">H3_0 a b|1\nACGT\nAC\n>H3_1|0\nCCCC\n");
        Write("test.fna", ">H3_2|enhancer\nGGGG\n");
        var source = new LabelledFastaSource(new() { Folder = folder }, p => p);

        Assert.Equal([("H3_0 a b", "ACGTAC", "1", "train.fna:1"), ("H3_1", "CCCC", "0", "train.fna:4")],
            All(source, Split.Train).Select(s => (s.Id, s.Sequence, s.Label!, s.Origin)));
        Assert.Equal("enhancer", Assert.Single(All(source, Split.Test)).Label);
        Write("train.fna", ">H3_0\nACGT\n");
        Assert.Contains("train.fna:1: the record 'H3_0' has no label",
            Assert.Throws<DataException>(() => new LabelledFastaSource(new() { Folder = folder }, p => p).Open(Split.Train)).Message);
    }

    [Fact]
    public void A_dev_split_is_drawn_from_training_label_by_label_and_never_the_same_sequence_in_both()
    {
        Write("train.fna", string.Concat(Enumerable.Range(0, 100).Select(i => $">s{i}|{i % 2}\n{Dna(i % 90)}\n")));
        Write("test.fna", ">t|0\nACGT\n");
        var source = new LabelledFastaSource(new() { Folder = folder, DevShare = 0.2 }, p => p);
        var (train, dev) = (All(source, Split.Train), All(source, Split.Dev));

        Assert.Equal(100, train.Count + dev.Count);
        Assert.InRange(dev.Count(s => s.Label == "0"), 8, 12);
        Assert.InRange(dev.Count(s => s.Label == "1"), 8, 12);
        Assert.Empty(train.Select(s => s.Sequence).Intersect(dev.Select(s => s.Sequence)));
    }

    [Fact]
    public void What_is_laid_out_otherwise_is_refused()
    {
        Assert.Contains("holds no classes",
            Assert.Throws<DataException>(() => new ClassFoldersSource(new() { Path = folder }, p => p)).Message);
        Assert.Contains("has none of train, dev or test",
            Assert.Throws<DataException>(() => new LabelledFastaSource(new() { Folder = folder }, p => p)).Message);
        Write("train/a/1.txt", ">empty");
        Write("train/b/1.txt", "ACGT");
        Assert.Contains("holds no sequence",
            Assert.Throws<DataException>(() => new ClassFoldersSource(new() { Path = folder }, p => p).Open(Split.Train)).Message);
    }

    [Fact]
    public void A_union_holds_all_its_data_sets_split_by_split()
    {
        Write("one/train.fna", ">a|0\nAAAA\n>b|1\nCCCC\n");
        Write("two/train.fna", ">a|1\nGGGG\n");
        Write("two/test.fna", ">z|1\nTTTT\n");
        var union = new UnionSource([new LabelledFastaSource(new() { Folder = Path.Combine(folder, "one") }, p => p),
            new LabelledFastaSource(new() { Folder = Path.Combine(folder, "two") }, p => p)]);

        Assert.Equal([("1/a", "AAAA"), ("1/b", "CCCC"), ("2/a", "GGGG")], All(union, Split.Train).Select(s => (s.Id, s.Sequence)));
        Assert.Equal("TTTT", Assert.Single(All(union, Split.Test)).Sequence);
        Assert.Null(union.Open(Split.Dev));
        Assert.Equal(3, union.Files.Count);
    }

    private static string Dna(int number) => string.Create(12, number, (span, n) =>
    {
        for (var i = 0; i < span.Length; i++, n /= 4) span[i] = "ACGT"[n % 4];
    });

    [Fact]
    public void Two_fasta_files_are_paired_by_name()
    {
        var first = Write("p.fa", ">x\nacgu\n>y a\nCC\n");
        var source = new PairedFastaSource(new() { Train = [first, Write("c.fa", ">y\nCA\n>x\nACGA\n")], Field = "child" }, p => p);
        Assert.Equal([("x", "ACGT", "ACGA"), ("y", "CC", "CA")],
            All(source, Split.Train).Select(s => (s.Id, s.Sequence, s.Text("child"))));
        Assert.Null(source.Open(Split.Test));
        Assert.Contains("'y' has no record of that name in", Assert.Throws<DataException>(() =>
            new PairedFastaSource(new() { Train = [first, Write("d.fa", ">x\nACGA\n")] }, p => p).Open(Split.Train)).Message);
        Assert.Contains("e.fa:5: 'z' has no record of that name in", Assert.Throws<DataException>(() =>
            new PairedFastaSource(new() { Test = [first, Write("e.fa", ">x\nA\n>y\nC\n>z\nG\n")] }, p => p).Open(Split.Test)).Message);
    }
}

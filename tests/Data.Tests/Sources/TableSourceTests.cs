using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Data.Tests.Sources;

using Encoding = System.Text.Encoding;

public sealed class TableSourceTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static List<Sample> All(ISampleSource? samples) =>
        [.. Enumerable.Range(0, (int)samples!.Count).Select(i => samples.Get(i, new SeededRandom((ulong)i)))];

    private List<Sample> Read(string name, string text, TableOptions? options = null)
    {
        options ??= new();
        options.Path = folder.Write(name, text);
        return All(new TableSource(options, p => p).Open(Split.Test));
    }

    [Fact]
    public void Rows_become_samples()
    {
        var samples = Read("a.csv", "sequence,label\nACGT,1\nacguN,promoter\n");
        Assert.Equal([("1", "ACGT", "1", "a.csv:2"), ("2", "ACGTN", "promoter", "a.csv:3")],
            samples.Select(s => (s.Id, s.Sequence, s.Label!, s.Origin)));
    }

    [Theory]
    [InlineData("sequence,label,species\nACGT,1,fly\n\nAC,0,man\n", "a.csv")]
    [InlineData("\uFEFFsequence,label,species\r\nACGT,1,fly\r\n\r\nAC,0,man", "a.csv")]
    [InlineData("species\tlabel\tsequence\nfly\t1\tACGT\nman\t0\tAC\n", "a.tsv")]
    [InlineData("species\tlabel\tsequence\nfly\t1\tACGT\nman\t0\tAC\n", "a.txt")]
    [InlineData("Sequence;Label;species\nACGT;1;fly\nAC;0;man\n", "a.csv")]
    [InlineData("\"sequence\",\"label\",\"species\"\n\"ACGT\",\"1\",\"fly\"\n\" AC \", 0 ,\"man\"\n", "a.csv")]
    [InlineData("sequence,label,species\rACGT,1,fly\rAC,0,man\r", "a.csv")]
    public void Separators_quotes_line_ends_and_marks(string text, string name)
    {
        var samples = Read(name, text);
        Assert.Equal([("ACGT", "1", "fly"), ("AC", "0", "man")], samples.Select(s => (s.Sequence, s.Label!, s.Text("species"))));
    }

    [Fact]
    public void Gzip_and_bgzip_are_unpacked()
    {
        var bytes = Encoding.UTF8.GetBytes("sequence,label\n"
            + string.Concat(Enumerable.Range(0, 500).Select(i => $"{Dna.Random(200, (ulong)i)},{i % 2}\n")));
        foreach (var packed in new[] { Pack.Gzip(bytes), Pack.Gzip(bytes, 3), Pack.Bgzip(bytes, 5000) })
        {
            var samples = All(new TableSource(new() { Path = folder.Write("a.csv.gz", packed) }, p => p).Open(Split.Train));
            Assert.Equal(500, samples.Count);
            Assert.Equal(Dna.Random(200, 499), samples[499].Sequence);
        }
    }

    [Fact]
    public void Quoted_cells_may_hold_separators_quotes_and_lines()
    {
        var samples = Read("a.csv", "sequence,label,note\nACGT,1,\"a, \"\"b\"\"\nsecond line\"\nAC,0,plain\n");
        Assert.Equal("a, \"b\"\nsecond line", samples[0].Text("note"));
        Assert.Equal(["a.csv:2", "a.csv:4"], samples.Select(s => s.Origin));
    }

    [Fact]
    public void Columns_are_chosen_by_name()
    {
        var samples = Read("a.csv", "name,enhancer,promoter,y,half_life\ne1,acg,ttt,yes,1.5\ne2,GGG,uuu,no,2\n",
            new() { Sequence = "enhancer", Pair = "promoter", Label = "y", Id = "name" });
        Assert.Equal([("e1", "ACG", "TTT", "yes", 1.5), ("e2", "GGG", "TTT", "no", 2.0)],
            samples.Select(s => (s.Id, s.Sequence, s.Text("promoter"), s.Label!, s.Number("half_life"))));
        Assert.Equal(["half_life", "label", "name", "promoter"], samples[0].Fields.Keys.Order());
    }

    [Fact]
    public void Columns_are_gathered_into_vectors()
    {
        var samples = Read("a.csv", "sequence,label,h_1,h_2,profile,n\nACGT,1,0.5,NA,\"1 2;3\",7\nAC,0,2,-1e3,4|5|6,\n",
            new() { Vectors = { ["half"] = ["h_*", "n"], ["profile"] = ["profile"] } });
        Assert.Equal([0.5f, float.NaN, 7], samples[0].Vector("half"));
        Assert.Equal([2, -1000, float.NaN], samples[1].Vector("half"));
        Assert.Equal([4f, 5, 6], samples[1].Vector("profile"));
        Assert.Equal(["half", "label", "profile"], samples[0].Fields.Keys.Order());
    }

    [Fact]
    public void Tables_are_joined_by_a_key_and_share_its_cells()
    {
        folder.Write("tissues.tsv", "tissue\tsex\ttf_1\ttf_2\nliver\tf\t1\t2\nlung\tm\t3\t4\n");
        var source = new TableSource(new()
        {
            Path = folder.Write("a.csv", "sequence,label,tissue\nACGT,1,lung\nAC,0,liver\nAG,0,lung\n"),
            Join = [new() { Path = folder["tissues.tsv"], On = "tissue", Vectors = { ["tf"] = ["tf_*"] } }],
        }, p => p);
        var samples = All(source.Open(Split.Train));
        Assert.Equal([3f, 4], samples[0].Vector("tf"));
        Assert.Equal("f", samples[1].Text("sex"));
        Assert.Same(samples[0].Vector("tf"), samples[2].Vector("tf"));
        Assert.Equal(["a.csv", "tissues.tsv"], source.Files.Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public void Shares_of_rows_with_numbers_to_predict_are_drawn_from_all()
    {
        var rows = Enumerable.Range(0, 200).Select(i => $"{Dna.Random(12, (ulong)i)},{i * 0.37}\n");
        var source = new TableSource(new() { Path = folder.Write("a.csv", "sequence,label\n" + string.Concat(rows)), DevShare = 0.1 },
            p => p);
        Assert.Equal(20, source.Open(Split.Dev)!.Count);
    }

    [Fact]
    public void One_file_may_lack_labels_altogether_or_here_and_there()
    {
        Assert.All(Read("a.csv", "sequence\nACGT\nAC\n"), s => Assert.Null(s.Label));
        Assert.Equal([null, "1"], Read("b.csv", "sequence,label\nACGT,\nAC,1\n").Select(s => s.Label));
        Assert.All(Read("c.csv", "sequence,label\nACGT,1\n", new() { Label = "none" }), s => Assert.Equal(["label"], s.Fields.Keys));
    }

    [Fact]
    public void One_file_serves_any_split_and_says_so_when_it_serves_two()
    {
        var source = new TableSource(new() { Path = folder.Write("a.csv", "sequence,label\nACGT,1\n") }, p => p);
        Assert.Equal(1, source.Open(Split.Dev)!.Count);
        Assert.DoesNotContain(source.Notes, n => n.Contains("alike"));
        Assert.Equal(1, source.Open(Split.Train)!.Count);
        Assert.Contains(source.Notes, n => n.Contains("serves as train and dev alike"));
    }

    [Fact]
    public void Files_and_folders_give_splits()
    {
        foreach (var (name, label) in new[] { ("train", 0), ("valid", 1), ("test", 2) })
            folder.Write($"gue/{name}.csv", $"sequence,label\nACG{"ACG"[label]},{label}\n");
        var byFolder = new TableSource(new() { Folder = folder["gue"] }, p => p);
        var byFile = new TableSource(new() { Train = folder["gue/train.csv"], Test = folder["gue/test.csv"] }, p => p);
        Assert.Equal(["0", "1", "2"], Enum.GetValues<Split>().Select(s => byFolder.Open(s)!.Get(0, new SeededRandom(0)).Label));
        Assert.Null(byFile.Open(Split.Dev));
        Assert.Equal(["train.csv", "test.csv"], byFile.Files.Select(f => Path.GetFileName(f)));
        Assert.Equal(3, byFolder.Files.Count);
    }

    [Fact]
    public void Duplicates_and_leaks_are_counted()
    {
        folder.Write("train.csv", "sequence,label\nACGT,1\nacgt,1\nACGT,0\nGGGG,0\n");
        folder.Write("dev.csv", "sequence,label\nTTTT,1\nACGT,1\n");
        folder.Write("test.csv", "sequence,label\nTTTT,1\nGGGG,0\nACGT,1\nCCCC,0\n");
        var source = new TableSource(new() { Folder = folder.Root }, p => p);
        Assert.NotNull(source.Open(Split.Train));
        Assert.Contains("train: 2 rows repeat an earlier sequence (50 %), 1 of them with another label.", source.Notes);
        Assert.Contains("1 row of dev (50 %) is also in train: scores on it are not held out.", source.Notes);
        Assert.Contains("2 rows of test (50 %) are also in train: scores on them are not held out.", source.Notes);
        Assert.Contains("2 rows of test (50 %) are also in dev: scores on them are not held out.", source.Notes);
        Assert.Contains("train: 4 rows of 4 bases; labels '0' 2, '1' 2.", source.Notes);
        Assert.Contains(source.Notes, n =>
            n.EndsWith("train.csv: 4 rows, 16 bases; N 0 %, other IUPAC codes 0 %, lower case 25 % (read as upper case)."));
    }

    [Fact]
    public void Pairs_are_duplicates_only_when_both_sequences_are()
    {
        folder.Write("train.csv", "sequence,other,label\nACGT,AA,1\nACGT,CC,1\nACGT,AA,1\n");
        var source = new TableSource(new() { Train = folder["train.csv"], Pair = "other" }, p => p);
        Assert.Contains(source.Notes, n => n.StartsWith("train: 1 row repeats"));
    }

    [Fact]
    public void Shares_keep_labels_in_proportion_and_equal_sequences_together()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => $"{Dna.Random(12, (ulong)(i % 700))},{(i % 700 < 210 ? "rare" : "common")}\n");
        var options = new TableOptions
        {
            Path = folder.Write("a.csv", "sequence,label\n" + string.Concat(rows)), DevShare = 0.1,
            TestShare = 0.2
        };
        var source = new TableSource(options, p => p);
        var splits = Enum.GetValues<Split>().ToDictionary(s => s, s => All(source.Open(s)));
        Assert.Equal(1000, splits.Values.Sum(s => s.Count));
        Assert.InRange(splits[Split.Dev].Count, 95, 105);
        Assert.InRange(splits[Split.Test].Count, 195, 205);
        Assert.InRange(splits[Split.Dev].Count(s => s.Label == "rare"), 38, 46);
        Assert.DoesNotContain(source.Notes, n => n.Contains("also in"));
        Assert.Equal(splits[Split.Dev].Select(s => s.Id), All(new TableSource(options, p => p).Open(Split.Dev)).Select(s => s.Id));
    }
}

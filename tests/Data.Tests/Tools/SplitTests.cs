using System.Text.Json.Nodes;
using PluginHost.Data.Tests.Sources;

namespace PluginHost.Data.Tests.Tools;

public sealed class SplitTests : IDisposable
{
    private readonly DataRun run = new();

    public void Dispose() => run.Dispose();

    private void Table(string name, int rows, string column = "chromosome", int values = 5) =>
        run.Write(name, $"sequence,label,{column}\n"
            + string.Concat(Enumerable.Range(0, rows).Select(i => $"{Dna.Random(40, (ulong)i)},{i % 2},v{i % values}\n")));

    private Dictionary<string, List<string[]>> Splits(string folder, params string[] names) =>
        names.ToDictionary(n => n, n => run.Rows($"{folder}/{n}.csv").ToList());

    [Fact]
    public void Rows_are_kept_as_written_and_each_goes_to_one_split()
    {
        Table("data.csv", 300);
        run.Run("split", "@data.csv", "--output", "@out");
        var splits = Splits("out", "train", "dev", "test");
        Assert.Equal((240, 30, 30), (splits["train"].Count, splits["dev"].Count, splits["test"].Count));
        Assert.Equal(run.Lines("data.csv")[1..].Order(), splits.Values.SelectMany(s => s).Select(r => string.Join(',', r)).Order());
        Assert.All(splits.Values, s => Assert.Equal(s.Count, 2 * s.Count(r => r[1] == "1")));
        Assert.Equal("sequence,label,chromosome", run.Lines("out/dev.csv")[0]);
        Assert.Equal(300, (int)JsonNode.Parse(File.ReadAllText(run["out/split.json"]))!["groups"]!);
        run.Run("split", "@data.csv", "--output", "@again");
        Assert.Equal(File.ReadAllText(run["out/test.csv"]), File.ReadAllText(run["again/test.csv"]));
        run.Run("split", "@data.csv", "--output", "@other", "--seed", "2");
        Assert.NotEqual(File.ReadAllText(run["out/test.csv"]), File.ReadAllText(run["other/test.csv"]));
    }

    [Fact]
    public void Chromosomes_stay_whole_and_can_be_named()
    {
        Table("data.csv", 200);
        run.Run("split", "@data.csv", "--output", "@out", "--by", "chromosome", "--dev-names", "v1", "--test-names", "v3,v4");
        var splits = Splits("out", "train", "dev", "test");
        Assert.Equal(["v0", "v2"], splits["train"].Select(r => r[2]).Distinct().Order());
        Assert.Equal(["v1"], splits["dev"].Select(r => r[2]).Distinct());
        Assert.Equal(["v3", "v4"], splits["test"].Select(r => r[2]).Distinct().Order());
        run.Run("split", "@data.csv", "--output", "@shares", "--by", "chromosome", "--dev", "0.2", "--test", "0.2");
        splits = Splits("shares", "train", "dev", "test");
        Assert.Equal(5, splits.Values.Sum(s => s.Select(r => r[2]).Distinct().Count()));
    }

    [Fact]
    public void Genomes_are_divided_by_record_by_their_bases()
    {
        run.Write("genome.fa", [.. Enumerable.Range(0, 20).Select(i => ($"r{i} note", Dna.Random(100 + i % 3, (ulong)i)))]);
        run.Run("split", "@genome.fa", "--output", "@out", "--by", "record", "--test", "0.25", "--dev", "0");
        Assert.False(File.Exists(run["out/dev.fa"]));
        Assert.Equal(15, run.Lines("out/train.fa").Count(l => l.StartsWith('>')));
        Assert.Contains(run.Lines("out/test.fa"), l => l.EndsWith(" note", StringComparison.Ordinal));
    }

    [Fact]
    public void Chromosomes_are_found_in_headers_by_a_pattern()
    {
        run.Write("up.fa", [.. Enumerable.Range(0, 60).Select(i => ($"NM_{i} up chr{i % 6}:10-20", Dna.Random(50, (ulong)i)))]);
        run.Run("split", "@up.fa", "--output", "@out", "--by", "chromosome", "--pattern", "(chr[0-9XYLR]+):", "--test-names", "chr2,chr5");
        Assert.Equal(["chr2", "chr5"], run.Lines("out/test.fa").Where(l => l.StartsWith('>')).Select(l => l.Split(' ', ':')[2]).Distinct());
        Assert.Contains("'chr9' is not found in 'NM_0 up chr0:10-20'",
            run.Fails<DataException>("split", "@up.fa", "--output", "@x", "--by", "record", "--pattern", "chr9"));
    }

    [Fact]
    public void Clades_of_a_tree_stay_whole()
    {
        run.Write("tree.nwk", "((('human':0.1,chimp:0.1)95:0.2,(mouse:1,rat)rodents)[comment]:1,(chicken:3,duck)birds,fly);");
        string[] species = ["human", "chimp", "mouse", "rat", "chicken", "duck", "fly"];
        run.Write("data.csv", "sequence,label,species\n"
            + string.Concat(Enumerable.Range(0, 140).Select(i => $"{Dna.Random(30, (ulong)i)},{i % 2},{species[i % 7]}\n")));
        run.Run("split", "@data.csv", "--output", "@out", "--by", "clade", "--column", "species", "--tree", "@tree.nwk", "--depth", "2",
            "--dev", "0", "--test-names", "rodents");
        Assert.Equal(["mouse", "rat"], Splits("out", "test")["test"].Select(r => r[2]).Distinct().Order());
        run.Run("split", "@data.csv", "--output", "@top", "--by", "clade", "--column", "species", "--tree", "@tree.nwk", "--dev", "0",
            "--test-names", "human+3");
        Assert.Equal(["chimp", "human", "mouse", "rat"], Splits("top", "test")["test"].Select(r => r[2]).Distinct().Order());
    }

    [Fact]
    public void Similar_sequences_share_a_split()
    {
        var random = new SeededRandom(1);
        var families = Enumerable.Range(0, 30).Select(i => Dna.Random(80, (ulong)i)).ToList();
        run.Write("data.csv", "sequence,label,family\n"
            + string.Concat(Enumerable.Range(0, 300).Select(i => $"{Mutated.By(families[i % 30], 2, random)},{i % 2},{i % 30}\n")));
        run.Run("split", "@data.csv", "--output", "@out", "--by", "identity", "--identity", "0.9");
        var splits = Splits("out", "train", "dev", "test");
        Assert.Equal(30, splits.Values.Sum(s => s.Select(r => r[2]).Distinct().Count()));
        run.Run("check", "@out", "--identity", "0.9", "--strict");
        Assert.Contains(run.Said, s => s.StartsWith("dev | train | 0 | 0 | 0 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Folds_are_folders_that_a_pipeline_reads()
    {
        Table("data.csv", 100);
        run.Run("split", "@data.csv", "--output", "@out", "--folds", "4", "--dev", "0.1");
        for (var fold = 1; fold <= 4; fold++)
            Assert.Equal((50, 25, 25), (run.Rows($"out/fold-{fold}/train.csv").Count, run.Rows($"out/fold-{fold}/dev.csv").Count,
                run.Rows($"out/fold-{fold}/test.csv").Count));
    }

    [Fact]
    public void Groups_are_crossed_with_what_belongs_together_held_out_of_all()
    {
        // Every family has a member in every group: an ortholog.
        run.Write("data.csv", "sequence,label,species,family\n"
            + string.Concat(Enumerable.Range(0, 240).Select(i => $"{Dna.Random(30, (ulong)i)},{i % 2},{"abc"[i % 3]},f{i / 6}\n")));
        run.Run("split", "@data.csv", "--output", "@out", "--by", "record", "--column", "family", "--cross", "species", "--dev", "0.2",
            "--test", "0.2");
        HashSet<string> Families(string file) => [.. run.Rows($"out/{file}.csv").Select(r => r[3])];
        foreach (var group in "abc")
        {
            Assert.Equal([$"{group}"], run.Rows($"out/{group}/test.csv").Select(r => r[2]).Distinct());
            Assert.Equal(16, run.Rows($"out/{group}/test.csv").Count);
            foreach (var other in "abc")
                foreach (var part in (string[])["train", "dev"])
                    Assert.Empty(Families($"{group}/test").Intersect(Families($"{other}/{part}")));
        }
        Assert.Contains("has one value only", run.Fails<DataException>("split", "@out/a/test.csv", "--output", "@x", "--cross", "species"));
    }

    [Theory]
    [InlineData("tree.nwk: a ')' closes nothing (at character 8).", "(a,b,c));")]
    [InlineData("tree.nwk: the text ends with 2 '(' not closed (at character 5).", "((a,b")]
    [InlineData("tree.nwk: the branch length 'x' is no number (at character 4).", "(a:x,b);")]
    [InlineData("tree.nwk: two leaves are called 'a'; give each a name of its own.", "(a,a);")]
    [InlineData("tree.nwk: a leaf has no name (at character 4).", "(a,);")]
    [InlineData("data.csv:4: 'v2' is no leaf of tree.nwk", "(v0,v1,w);")]
    public void A_tree_that_does_not_fit_is_named(string message, string tree)
    {
        Table("data.csv", 20);
        run.Write("tree.nwk", tree);
        Assert.Contains(message, run.Fails<DataException>("split", "@data.csv", "--output", "@out", "--by", "clade", "--column",
            "chromosome", "--tree", "@tree.nwk"));
    }

    [Fact]
    public void An_empty_split_is_refused_and_nothing_is_written()
    {
        Table("data.csv", 40, values: 2);
        Assert.Equal(
            "The split dev is empty: 40 rows in 2 groups that may not be divided, the largest ('v0') with 50 % of all, do not fill it; "
                + "change the shares, choose another --by, or add data. Nothing was written.",
            run.Fails<DataException>("split", "@data.csv", "--output", "@out", "--by", "chromosome"));
    }

    [Fact]
    public void Wrong_names_and_columns_are_named()
    {
        Table("data.csv", 40);
        Assert.Contains("--test-names: no row belongs to 'v9'",
            run.Fails<DataException>("split", "@data.csv", "--output", "@out", "--by", "chromosome", "--test-names", "v9"));
        Assert.Contains("data.csv has no column 'chrom'",
            run.Fails<DataException>("split", "@data.csv", "--output", "@out", "--by", "record", "--column", "chrom"));
        Assert.Contains("'v1' is named for dev and for test",
            run.Fails<UsageException>("split", "@data.csv", "--output", "@out", "--by", "chromosome", "--dev-names", "v1", "--test-names",
            "v*"));
        run.Write("other.csv", "sequence,label\nACGT,1\n");
        Assert.Contains("other.csv has another header than data.csv",
            run.Fails<DataException>("split", "@data.csv", "@other.csv", "--output", "@out"));
        run.Write("out/file", "x");
        Assert.Contains("exists already", run.Fails<UsageException>("split", "@data.csv", "--output", "@out"));
    }
}

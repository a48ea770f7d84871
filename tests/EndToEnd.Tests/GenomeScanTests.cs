using System.Text.Json.Nodes;

namespace PluginHost.EndToEnd.Tests;

/// <summary>A model over windows of a genome with a gap, over several files, and over files with bad records.</summary>
public sealed class GenomeScanTests : IClassFixture<GenomeScanTests.Trained>
{
    private readonly Workspace here;

    public GenomeScanTests(Trained trained) => here = trained.Workspace;

    /// <summary>One run that ends with a scan.</summary>
    public sealed class Trained : IDisposable
    {
        public Trained()
        {
            Workspace = new Workspace();
            var bases = string.Concat(Enumerable.Repeat("ACGTTGCAGGATTACA", 25));
            File.WriteAllText(Workspace.Path("genome.fa"), $">chr9 of a fly\n{bases[..150]}{new string('N', 160)}{bases[..92]}\n");
            var pipeline = Workspace.Pipeline(2, text => text[..text.IndexOf("  - evaluate")].Replace("compareWithScratch: true", "")
                + "  - predict: { data: { use: fasta, path: genome.fa, how: tiles, window: 100, as: test } }\n");
            Workspace.Run("run", "--pipeline", pipeline, "--output", "scanned", "--device", "cpu").Expect(0);
        }

        internal Workspace Workspace { get; }

        public void Dispose() => Workspace.Dispose();
    }

    private string[][] Table(params string[] path) => [.. File.ReadAllLines(here.Path(path)).Select(line => line.Split('\t'))];

    [Fact]
    public void Rows_have_places_and_what_has_no_row_is_counted()
    {
        here.Run("predict", "scanned", "genome.fa", "--data", "how=tiles", "--data", "window=100", "--output", "tiles.tsv", "--device",
            "cpu",
            "-q").Expect(0, "warning: 1 window (25 %) left out: more than 50 % of their bases are not A, C, G or T (maxN)",
            "'--data maxN=1' keeps them", "2 bases left out in 1 stretch shorter than 5 (minLength)");
        var table = Table("tiles.tsv");
        Assert.Equal(["id", "chromosome", "start", "end", "strand", "predicted"], table[0][..6]);
        Assert.Equal(["chr9:0-100 chr9 0 100 +", "chr9:100-200 chr9 100 200 +", "chr9:300-400 chr9 300 400 +"],
            table[1..].Select(row => string.Join(' ', row[..5])));

        // The stage of the run wrote the same, and its record counts the same.
        Assert.Equal(table.Select(row => string.Join('\t', row)), File.ReadAllLines(here.Path("scanned", "predictions", "predict.tsv")));
        var stage = JsonNode.Parse(File.ReadAllText(here.Path("scanned", "summary.json")))!["stages"]!.AsArray()[^1]!;
        Assert.Contains(stage["notes"]!.AsArray(), note => ((string)note!).Contains("1 window (25 %) left out"));
    }

    [Fact]
    public void Several_files_are_told_apart()
    {
        File.WriteAllText(here.Path("more-1.fa"), ">x\nACGTACGTACGTTTGA\n");
        File.WriteAllText(here.Path("more-2.csv"), "dna,note\nACGTACGTACGTTTGA,a\n");
        here.Run("predict", "scanned", "more-1.fa", "more-?.fa", "genome.fa", "--output", "several.tsv", "--device", "cpu").Expect(0,
            "2 of 2 sequences predicted");
        var table = Table("several.tsv");
        // A whole record is its own place: columns would say nothing that its name does not.
        Assert.Equal(["id", "file", "predicted"], table[0][..3]);
        Assert.Equal(["x more-1.fa", "chr9 genome.fa"], table[1..].Select(row => string.Join(' ', row[..2])));

        here.Run("predict", "scanned", "more-2.csv").Expect(3, "say which one it is with '--data sequence=NAME'");
        here.Run("embed", "scanned", "more-2.csv", "--output", "e.tsv", "--device", "cpu")
            .Expect(3, "say which one it is with '--data sequence=NAME'");
        here.Run("embed", "scanned", "more-2.csv", "--output", "e.tsv", "--data", "sequence=dna", "--device", "cpu").Expect(0);
    }

    [Fact]
    public void Bad_records_are_left_out_on_request_and_counted()
    {
        File.WriteAllText(here.Path("bad.fa"), ">x\nACGTACGTACGTTTGA\n>y\n>x\nGGGTACGTACGTTTGA\n");
        here.Run("predict", "scanned", "bad.fa", "--output", "bad.tsv").Expect(3, "bad.fa:3: record 'y' has no bases");
        here.Run("predict", "scanned", "bad.fa", "--on-bad", "skip", "--output", "bad.tsv", "--device", "cpu").Expect(0,
            "1 of 1 sequences predicted",
            "warning: bad.fa: 2 records left out: 1 without bases (line 3), 1 without a name of its own (line 4).");
        Assert.Equal(2, Table("bad.tsv").Length);
    }
}

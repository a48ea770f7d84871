using System.IO.Compression;
using System.Text;

namespace PluginHost.EndToEnd.Tests;

/// <summary>A trained model over a genome, through the real process: outputs, a kill in the midst, and what cannot be done.</summary>
public sealed class ScanTests : IClassFixture<ScanTests.Trained>
{
    private readonly Workspace here;

    public ScanTests(Trained trained) => here = trained.Workspace;

    /// <summary>A run, and a genome with a gap.</summary>
    public sealed class Trained : IDisposable
    {
        public Trained()
        {
            Workspace = new Workspace();
            var bases = string.Concat(Enumerable.Repeat("ACGTTGCAGGATTACACCGTA", 40));
            File.WriteAllText(Workspace.Path("genome.fa"), $">chr9\n{bases}{new string('N', 300)}{bases}\n>chr10\n{bases[..77]}\n");
            File.WriteAllText(Workspace.Path("truth.bed"), "chr9\t400\t401\nchr9\t900\t901\nchr77\t1\t2\n");
            Workspace.Run("run", "--pipeline", Workspace.Pipeline(2, text => text[..text.IndexOf("  - evaluate")]
                .Replace("compareWithScratch: true", "")), "--output", "trained", "--device", "cpu").Expect(0);
        }

        internal Workspace Workspace { get; }

        public void Dispose() => Workspace.Dispose();
    }

    private string[] Scan(params string[] arguments) =>
        ["scan", "trained", "genome.fa", "--window", "100", "--stride", "25", "--device", "cpu", "--class", "donor", .. arguments];

    [Fact]
    public void A_genome_becomes_peaks_a_track_windows_and_a_page()
    {
        here.Run(Scan("--output", "p.bed", "--track", "t.bedgraph", "--windows", "w.tsv", "--threshold", "0.1", "--truth", "truth.bed",
            "--report", "page")).Expect(0, "windows left out: more than 50 % of their bases", "against the truth", "peaks");
        var windows = File.ReadAllLines(here.Path("w.tsv")).Where(l => l[0] != '#').Select(l => l.Split('\t')).ToList();
        Assert.Equal(["chromosome", "start", "end", "donor", "acceptor", "neither"], windows[0]);
        Assert.Equal(["chr10", "0", "77"], windows[^1][..3]);
        Assert.All(windows.Skip(1), w => Assert.Equal(1, w[3..].Sum(double.Parse), 1e-4));
        var track = File.ReadAllLines(here.Path("t.bedgraph")).Where(l => l[0] != '#').Select(l => l.Split('\t')).ToList();
        // The first stretch of the track is the first window alone.
        Assert.Equal(["chr9", "0", "25", windows[1][3]], track[0]);
        Assert.Contains("# coordinates: 0-based, half-open (BED)", File.ReadAllLines(here.Path("p.bed")));
        Assert.Contains("<svg", File.ReadAllText(here.Path("page", "report.html")));
        here.Run(Scan("--output", "t.bw", "--region", "chr9:1-500", "--both-strands")).Expect(0, "17 windows");
        Assert.Equal([0x26, 0xFC, 0x8F, 0x88], File.ReadAllBytes(here.Path("t.bw"))[..4].Select(b => (int)b));
        File.WriteAllText(here.Path("places.bed"), "chr9\t100\t300\nchr10\t10\t70\n");
        here.Run("scan", "trained", "places.bed", "--genome", "genome.fa", "--window", "100", "--output", "w.jsonl", "--device", "cpu")
            .Expect(0, "4 windows of 100 bases");
    }

    [Fact]
    public void A_scan_that_was_killed_goes_on_where_it_stopped()
    {
        here.Run(Long("killed", 40)).Expect(0);
        File.Delete(here.Path("killed.bedgraph"));
        using (var host = HostProcess.Start(here.Folder, Long("killed", 3)))
        {
            host.Until(() => File.Exists(Journal) && new FileInfo(Journal).Length > 2000);
            Assert.False(host.HasExited, host.Error);
            host.Kill();
        }
        Assert.False(File.Exists(here.Path("killed.bedgraph")));
        here.Run(Long("killed", 40)).Expect(2, "was stopped that had another stride; repeat");
        here.Run(Long("killed", 3)).Expect(0, "A scan that was stopped goes on: ");
        Assert.False(File.Exists(Journal));
        here.Run(Long("again", 3)).Expect(0);
        Assert.Equal(File.ReadAllText(here.Path("again.bedgraph")), File.ReadAllText(here.Path("killed.bedgraph")));
    }

    [Fact]
    public void A_centred_window_of_a_hundred_bases_counts_for_the_base_at_fifty()
    {
        here.Run("scan", "trained", "genome.fa", "--window", "100", "--stride", "1", "--merge", "centre", "--region", "chr9:1-200",
            "--output", "centre.bedgraph", "--device", "cpu", "--class", "donor").Expect(0, "bases without a value     99");
        var track = File.ReadAllLines(here.Path("centre.bedgraph")).Where(l => l[0] != '#').Select(l => l.Split('\t')).ToList();
        Assert.Equal("50", track[0][1]);
        Assert.Equal("151", track[^1][2]);
    }

    [Fact]
    public void A_scan_that_is_interrupted_says_that_it_goes_on()
    {
        using var host = HostProcess.Start(here.Folder, Long("killed2", 3));
        var journal = here.Path(".killed2.bedgraph.scan");
        host.Until(() => File.Exists(journal) && new FileInfo(journal).Length > 2000);
        host.PressCtrlC();
        host.Wait();
        Assert.Contains("done; the same command goes on there.", host.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(journal));
        Assert.False(File.Exists(here.Path("killed2.bedgraph")));
    }

    [Fact]
    public void Genomes_may_be_several_packed_or_piped_and_tables_say_the_same_in_every_format()
    {
        var text = File.ReadAllText(here.Path("genome.fa"));
        var at = text.IndexOf(">chr10", StringComparison.Ordinal);
        File.WriteAllText(here.Path("nine.fa"), text[..at]);
        using (var packed = new GZipStream(File.Create(here.Path("ten.fa.gz")), CompressionLevel.Fastest))
            packed.Write(Encoding.ASCII.GetBytes(text[at..]));
        here.Run(Scan("--output", "one.tsv")).Expect(0);
        string[] rest = ["--window", "100", "--stride", "25", "--device", "cpu", "--class", "donor"];
        here.Run(["scan", "trained", "nine.fa", "ten.fa.gz", .. rest, "--output", "two.csv.gz"]).Expect(0);
        using var unpacked = new StreamReader(new GZipStream(File.OpenRead(here.Path("two.csv.gz")), CompressionMode.Decompress));
        var expected = File.ReadAllLines(here.Path("one.tsv")).Select(l => l.Replace('\t', ',')).Order(StringComparer.Ordinal);
        Assert.Equal(expected, unpacked.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        here.Run(Scan("--output", "w.parquet")).Expect(0);
        Assert.Equal("PAR1"u8.ToArray(), File.ReadAllBytes(here.Path("w.parquet"))[..4]);
        var piped = Shell.Run(here.Folder, "cat genome.fa | $HOST scan trained - " + string.Join(" ", rest) + " --output -");
        Assert.Equal(0, piped.Code);
        here.Run(Scan("--output", "one.bed")).Expect(0);
        Assert.Equal(File.ReadAllLines(here.Path("one.bed")), piped.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("labels", "use: multi-label, fields: labels, pooling: mean", "windows.tsv", "threshold: 0.2")]
    [InlineData("introns", "use: regress, targets: [ intron_length, introns ], transform: log10, pooling: mean", "windows.tsv",
        "class: introns")]
    [InlineData("bases", "use: token-labels, letters: .DA, names: [ neither, donor, acceptor ]", "track.bedgraph", "class: donor")]
    public void Models_of_labels_of_numbers_and_of_bases_scan_too(string data, string objective, string output, string option)
    {
        var folder = Path.GetDirectoryName(Repository.Sample("fly_tasks", data, "train.csv"));
        File.WriteAllText(here.Path($"{data}.yaml"), $$"""
            name: {{data}}
            seed: 11
            tokenizer: { use: kmer, k: 3 }
            architecture: { use: bert-encoder, layers: 1, width: 16, attentionHeads: 2, maxPositions: 110, initializerRange: 0.3 }
            stages:
              - finetune:
                  data: { use: table, folder: {{folder}}, label: none }
                  objective: { {{objective}} }
                  train: { precision: fp32, steps: 2, batchSize: 8 }
              - scan: { input: genome.fa, window: 60, stride: 50, output: {{output}}, {{option}} }
            """);
        here.Run("run", "--pipeline", $"{data}.yaml", "--output", $"of-{data}", "--device", "cpu").Expect(0, "windows of 60 bases");
        var rows = File.ReadAllLines(here.Path($"of-{data}", "tools", "scan", output)).Where(l => l[0] != '#').Select(l =>
            l.Split('\t')).ToList();
        if (data == "introns") Assert.Equal(["chromosome", "start", "end", "intron_length", "introns"], rows[0]);
        // Every base but those that only windows of N cover.
        if (data == "bases") Assert.Equal(["chr10", "77"], (string[])[rows[^1][0], rows[^1][2]]);
        Assert.All(rows.Skip(data == "bases" ? 0 : 1), r => Assert.All(r[3..], v => Assert.True(double.IsFinite(double.Parse(v)))));
        Assert.True(rows.Select(r => r[3]).Distinct().Count() > 10);
    }

    private string Journal => here.Path(".killed.bedgraph.scan");

    private static string[] Long(string output, int stride) =>
        ["scan", "trained", Repository.Sample("genome", "chr2R.fa.gz"), "--window", "100", "--stride", $"{stride}", "--device", "cpu",
            "--region", "chr2R:2000001-2060720:1-60000", "--batch-tokens", "400", "--merge", "maximum", "--output", $"{output}.bedgraph"];

    [Theory]
    [InlineData(2, "has no such output", "--class", "exon")]
    [InlineData(2, "--stride 200 is more than a window", "--stride", "200")]
    [InlineData(2, "bases of the first window would not be read; give fewer.", "--window", "300")]
    [InlineData(3, "there is no record 'chr5'", "--region", "chr5:1-100")]
    [InlineData(3, "it ends at 9,000, but 'chr9' has 1,980 bases", "--region", "chr9:1-9000")]
    [InlineData(3, "All 1 windows are left out", "--region", "chr9:850-950", "--window", "200")]
    [InlineData(2, "the name must end in .bedgraph, .bw", "--track", "x.tsv")]
    [InlineData(2, "--genome goes with places", "--genome", "genome.fa")]
    [InlineData(3, "none of its 1 place", "--truth", "elsewhere.bed")]
    public void What_cannot_be_done_is_one_sentence_and_leaves_nothing(int code, string said, params string[] arguments)
    {
        File.WriteAllText(here.Path("elsewhere.bed"), "chr1\t5\t9\n");
        here.Run(["scan", "trained", "genome.fa", "--device", "cpu", "--output", "bad.bed", .. arguments]).Expect(code, said);
        Assert.False(File.Exists(here.Path("bad.bed")));
    }

    [Fact]
    public void Outputs_that_exist_and_endings_that_tell_nothing_are_refused()
    {
        File.WriteAllText(here.Path("there.bed"), "");
        here.Run(Scan("--output", "there.bed")).Expect(2, "there.bed exists already; choose another name, or replace it with --force.");
        here.Run(Scan("--output", "x.xls"))
            .Expect(2, "--output x.xls: the name must end in .bed, .bedgraph, .bw, .tsv, .csv, .jsonl, .parquet");
    }
}

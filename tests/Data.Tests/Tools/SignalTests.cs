using PluginHost.Data.Tests.Sources;

namespace PluginHost.Data.Tests.Tools;

/// <summary>Sets of genomic signals: windows around a motif that is cut out, and the same motif where it is no signal.</summary>
public sealed class SignalTests : IDisposable
{
    // No ATG, AATAAA or ATTAAA on either strand, and no CAT or TTTATT that would be one.
    private const string Filler = "CCGGCCGGTT";
    private readonly DataRun run = new();

    public void Dispose() => run.Dispose();

    private static string Of(int length) => string.Concat(Enumerable.Repeat(Filler, length / Filler.Length + 1))[..length];

    private static string With(string bases, params (int At, string Word)[] words)
    {
        var text = bases.ToCharArray();
        foreach (var (at, word) in words) word.CopyTo(0, text, at, word.Length);
        return new(text);
    }

    [Fact]
    public void Start_codons_are_cut_out_of_windows_on_either_strand()
    {
        var c = With(Of(400), (100, "ATG"), (300, "CAT"));
        run.Write("g.fa", ("c", c));
        run.Write("t.gtf", "c\tx\tstart_codon\t101\t103\t.\t+\t0\tgene_id \"a\"\nc\tx\tstart_codon\t301\t303\t.\t-\t0\tgene_id \"b\"\n"
            + "c\tx\tstart_codon\t201\t203\t.\t+\t0\tgene_id \"none\"\n");
        run.Run("windows", "--genome", "@g.fa", "--features", "@t.gtf", "--type", "start_codon", "--motif", "ATG", "--cut-motif",
            "--window",
            "-20..22", "--output", "@tis.csv");
        var rows = run.Rows("tis.csv");
        Assert.Equal([c[80..100] + c[103..123], Iupac.ReverseComplement(c[280..300] + c[303..323])], rows.Select(r => r[0]));
        // The place is that of the whole window, motif and all.
        Assert.Equal(["c:80-123(+)", "c:280-323(-)"], rows.Select(r => r[2]));
        Assert.Contains(run.Said, s => s.StartsWith("1 feature left out: had no ATG there", StringComparison.Ordinal));
    }

    [Fact]
    public void A_signal_is_looked_for_before_the_annotated_end_the_preferred_spelling_first()
    {
        // Transcripts end at 199 and, backward, at 500. Signals lie 25 and 12 before, the second in a rarer spelling.
        var c = With(Of(700), (174, "AATAAA"), (187, "ATTAAA"), (505, "TTTAAT"), (150, "AATAAA"));
        run.Write("g.fa", ("c", c));
        run.Write("t.bed", "c\t100\t200\ta\t0\t+\nc\t500\t600\tb\t0\t-\n");
        string[] set = ["windows", "--genome", "@g.fa", "--features", "@t.bed", "--anchor", "end", "--motif-within", "-40..-6",
            "--cut-motif"];
        run.Run(set[0], [.. set[1..], "--motif", "AATAAA,ATTAAA", "--window", "-10..15", "--output", "@all.csv"]);
        Assert.Equal([c[164..174] + c[180..190], Iupac.ReverseComplement(c[495..505] + c[511..521])],
            run.Rows("all.csv").Select(r => r[0]));
        run.Run(set[0], [.. set[1..], "--motif", "ATTAAA", "--window", "-10..15", "--output", "@rare.csv"]);
        Assert.Equal(c[177..187] + c[193..203], run.Rows("rare.csv")[0][0]);
        run.Run(set[0], [.. set[1..], "--motif", "AATAAA", "--window", "-10..15", "--output", "@one.csv"]);
        Assert.Single(run.Rows("one.csv"));
    }

    [Fact]
    public void Non_signals_have_the_motif_cut_out_too_and_are_none_that_an_annotation_may_mean()
    {
        // The signal of the transcript that ends at 199 may be at 174 or 160; 400 and, backward, 600 are none.
        var c = With(Of(900), (174, "AATAAA"), (160, "AATAAA"), (400, "AATAAA"), (600, "TTTATT"));
        run.Write("g.fa", ("c", c));
        run.Write("t.bed", "c\t100\t200\ta\t0\t+\n");
        run.Run("negatives", "--how", "sites", "--genome", "@g.fa", "--features", "@t.bed", "--anchor", "end", "--motif", "AATAAA",
            "--motif-within", "-40..-6", "--cut-motif", "--window", "-10..15", "--per", "5", "--output", "@s.csv");
        Assert.Equal(
            [
                $"{c[164..174] + c[180..190]},end,c:164-190(+)/end",
                $"{c[390..400] + c[406..416]},neither,c:390-416(+)/neither",
                $"{Iupac.ReverseComplement(c[590..600] + c[606..616])},neither,c:590-616(-)/neither",
            ],
            run.Rows("s.csv").Select(r => string.Join(',', r[..3])));
        Assert.Contains(run.Said, s => s.Contains("3 non-sites missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Non_signals_may_all_come_from_the_record_of_the_genomes_own_gc_content()
    {
        // GC shares by hand: rich 0.8 - a little, poor all AT but for its motifs, middle between; the whole lies nearest to middle.
        var rich = With(Of(1000), (100, "ATG"), (500, "ATG"));
        var poor = With(new string('T', 1000), (100, "ATG"), (500, "ATG"));
        var middle = With(string.Concat(Enumerable.Repeat("CCTT", 250)), (100, "ATG"), (500, "ATG"), (600, "ATG"), (700, "ATG"));
        run.Write("g.fa", ("rich", rich), ("poor", poor), ("middle", middle), ("unplaced", string.Concat(Enumerable.Repeat("CCTTT", 40))));
        run.Write("t.bed", "rich\t100\t103\ta\t0\t+\npoor\t100\t103\ta\t0\t+\nmiddle\t100\t103\ta\t0\t+\n");
        string[] set = ["--how", "sites", "--genome", "@g.fa", "--features", "@t.bed", "--anchor", "start", "--motif", "ATG",
            "--motif-within",
            "0..0", "--window", "-20..22"];
        run.Run("negatives", [.. set, "--from", "gc", "--output", "@s.csv"]);
        var rows = run.Rows("s.csv");
        Assert.Equal(["rich", "poor", "middle"], rows.Where(r => r[1] == "start").Select(r => r[3]));
        Assert.Equal(["middle:480-523(+)", "middle:580-623(+)", "middle:680-723(+)"],
            rows.Where(r => r[1] == "neither").Select(r => r[2].Split('/')[0]));
        Assert.Contains(run.Said, s => s.StartsWith("Non-sites come from 'middle'", StringComparison.Ordinal));
        run.Run("negatives", [.. set, "--from", "poor", "--output", "@p.csv"]);
        Assert.Equal(["poor:480-523(+)"], run.Rows("p.csv").Where(r => r[1] == "neither").Select(r => r[2].Split('/')[0]));
    }

    [Theory]
    [InlineData("--motif AATAAA,ATG --window -9..9", "must have one length, but there are AATAAA, ATG")]
    [InlineData("--motif AXG --window -9..9", "letters A, C, G and T")]
    [InlineData("--cut-motif --window -9..9", "goes with --motif")]
    [InlineData("--motif ATG --cut-motif --window -9..1", "needs a window around the whole motif, whose bases are 0 to 2")]
    [InlineData("--motif ATG --motif-within 5 --window -9..9", "two positions")]
    [InlineData("--motif ATG --tiles 300", "does not go with --tiles")]
    public void What_cannot_be_meant_is_refused(string options, string message)
    {
        run.Write("g.fa", ("c", Of(300)));
        run.Write("t.bed", "c\t100\t200\ta\t0\t+\n");
        var failure = Assert.ThrowsAny<Exception>(() =>
            run.Run("windows", ["--genome", "@g.fa", "--features", "@t.bed", "--output", "@o.csv", .. options.Split(' ')]));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(run["o.csv"]));
    }
}

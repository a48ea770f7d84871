using System.Globalization;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>Scores of variants held against what was measured.</summary>
public sealed class VariantTruthTests : IDisposable
{
    private const string Dna = "ACGTTGCAACGGTCATTACGGCATCGATCCGATTAGACCATGACCGTAGGCT";
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-truth-").FullName;

    public VariantTruthTests() => System.IO.File.WriteAllText(File("g.fa"), $">c1\n{Dna}\n");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string File(string name) => Path.Combine(folder, name);

    private ToolBench Score(string input, params (string, object)[] options)
    {
        using var off = no_grad();
        var name = input.StartsWith("##", StringComparison.Ordinal) ? "v.vcf" : "v.tsv";
        System.IO.File.WriteAllText(File(name), input);
        var with = new Dictionary<string, object?>
        {
            ["variants"] = File(name), ["genome"] = File("g.fa"), ["output"] = File("o.tsv"), ["window"] = 15, ["score"] = "states",
        };
        foreach (var (key, value) in options) with[key] = value;
        var bench = new ToolBench(TinyModel.Make("dnabert"), []);
        var tool = RealHost.Components.Build<ITool>(new("variants score", with),
            new PipelineBuildContext(RealHost.Components, null, null, PathSearch.WorkingDirectory));
        Assert.Equal(0, tool.RunAsync(bench, TestContext.Current.CancellationToken).GetAwaiter().GetResult());
        return bench;
    }

    private string[][] Rows() => [.. System.IO.File.ReadAllLines(File("o.tsv")).Where(l => l[0] != '#').Select(l => l.Split('\t'))];

    private static double Cell(ToolBench bench, string row, int column) => double.Parse(
        bench.Output.ToString()!.Split('\n').Select(l => l.Split('\t')).First(c => c[0] == row)[column], CultureInfo.InvariantCulture);

    /// <summary>A substitution of each base from the tenth, its truth 1 where the bases before the 25th are.</summary>
    private static string Table(Func<int, string> more, string names) => string.Concat(Enumerable.Range(10, 30).Select(p =>
        $"c1\t{p}\t{Dna[p - 1]}\t{(Dna[p - 1] == 'A' ? 'C' : 'A')}\t{more(p)}\n").Prepend($"chrom\tpos\tref\talt\t{names}\n"));

    [Fact]
    public void Areas_under_curves_are_those_of_what_was_written()
    {
        var bench = Score(Table(p => p % 3 == 0 ? "1" : "0", "hit"), ("truth", "hit"));
        var rows = Rows();
        var column = Array.IndexOf(rows[0], "states_euclidean");
        double[] scores = [.. rows[1..].Select(r => double.Parse(r[column], CultureInfo.InvariantCulture))];
        bool[] hit = [.. rows[1..].Select(r => int.Parse(r[1], CultureInfo.InvariantCulture) % 3 == 0)];
        var (wins, pairs) = (0.0, 0);
        for (var i = 0; i < hit.Length; i++)
            for (var j = 0; j < hit.Length; j++)
                if (hit[i] && !hit[j])
                {
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
        Assert.Equal(wins / pairs, Cell(bench, "states_euclidean", 1), 3);
        Assert.Equal(0.5, Cell(bench, "without a model: bases gained", 1));
        Assert.StartsWith("score\tauroc\t95 %\tauprc\t95 %", bench.Output.ToString()!);
    }

    [Fact]
    public void Conservation_is_one_more_baseline_and_the_centre_is_that_of_what_was_measured()
    {
        // The positions 10 to 39 have their middle at 24.5.
        var bench = Score(Table(p => $"{Math.Abs(p - 24.5)}\t{-p}", "effect\tphylop"), ("truth", "effect"), ("conservation", "phylop"));
        Assert.Equal(1, Cell(bench, "without a model: distance to centre", 1));
        Assert.Equal(0, Cell(bench, "without a model: conservation", 1), 2);
    }

    [Fact]
    public void Variants_of_training_regions_are_flagged_counted_and_left_out_beside()
    {
        System.IO.File.WriteAllText(File("trained.bed"), "c1\t9\t14\nchr1\t14\t19\nc1\t12\t16\n");
        var bench = Score(Table(p => $"{p % 7}", "effect"), ("truth", "effect"), ("training", File("trained.bed")));
        var rows = Rows();
        Assert.Equal("in_training", rows[0][^1]);
        Assert.Equal(rows[1..].Select(r => int.Parse(r[1], CultureInfo.InvariantCulture) is >= 10 and <= 16 ? "1" : "0"),
            rows[1..].Select(r => r[^1]));
        // Windows of 15 bases begin 7 before the variant: those of 10 to 23 reach the region.
        Assert.Contains(
            "In regions of --training: 23.33 % of the alleles (7 of 30); windows that share a base with one: 46.67 %.", bench.Said);
        Assert.Equal(2, bench.Output.ToString()!.Split('\n').Count(l => l.StartsWith("score\t", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("effect")]
    [InlineData("hit")]
    public void A_page_shows_scores_figures_and_what_was_left_out(string truth)
    {
        var input = Table(p => $"{p % 7}\t{p % 2}", "effect\thit") + $"c1\t12\t{Dna[11]}\t<DEL>\t1\t1\nc1\t45\tN\tA\t1\t1\n";
        Score(input, ("truth", truth), ("report", File("page")), ("maxMismatch", 0.5));
        var page = System.IO.File.ReadAllText(File("page/report.html"));
        Assert.Contains("30 alleles of v.tsv on g.fa, in windows of 15 bases", page);
        Assert.Contains("alleles symbolic (&lt;DEL&gt;)", page);
        Assert.Contains("REF is N, the genome has ", page);
        Assert.Equal(1 + 4, page.Split("<svg").Length - 1);
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org", "", StringComparison.Ordinal));
        var table = System.IO.File.ReadAllLines(File("page/truth.tsv"));
        Assert.StartsWith(truth == "hit" ? "score\tauroc\t" : "score\tpearson\t", table[0]);
        Assert.Contains(table, l => l.StartsWith("without a model: 4-mer regression\t", StringComparison.Ordinal));
        Assert.Contains("exists already", Assert.Throws<UsageException>(() =>
            Score(input, ("output", File("p.tsv")), ("report", File("page")))).Message);
    }

    [Theory]
    [InlineData("truth", "AFF", "--truth AFF: the header has no such INFO key; did you mean 'AF'?; it has: ")]
    [InlineData("conservation", "AF", "--conservation is compared with --truth; give that too.")]
    public void A_key_that_is_not_there_is_refused(string option, string name, string said)
    {
        const string Vcf = "##fileformat=VCFv4.2\n##INFO=<ID=AF,Number=A,Type=Float,Description=\"f\">\n"
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nc1\t20\t.\tG\tT\t.\t.\tAF=0.5\n";
        var failure = Assert.Throws<UsageException>(() => Score(Vcf, (option, name)));
        Assert.StartsWith(said.Split(';')[0], failure.Message);
        Assert.False(System.IO.File.Exists(File("o.tsv")));
    }
}

using FsCheck;
using FsCheck.Fluent;
using PluginHost.PluginKit;
using PluginHost.Plugins.Population;

namespace PluginHost.Plugins.Tests.Population;

/// <summary>Figures of <c>population compare</c>, against numpy and by hand.</summary>
public sealed class CompareTests : IDisposable
{
    // benchmarks/Python/population.py REAL ARTIFICIAL 0 (numpy 1.24, scipy 1.10), on the two halves of samples/haplotypes/made.hapt.
    private static readonly Dictionary<string, double> recorded = new()
    {
        ["allele_frequency_r"] = 0.9676525748801003, ["allele_frequency_r_rare"] = 0.8398259472427211,
        ["allele_frequency_difference"] = 0.054513888888888896, ["pca_wasserstein_1"] = 0.2723984442129968,
        ["pca_wasserstein_2"] = 0.21636001847106406, ["pca_wasserstein_3"] = 0.19599552330370917,
        ["pca_wasserstein_4"] = 0.1740757129526277, ["pca_wasserstein_5"] = 0.21320490173772794,
        ["pca_wasserstein_6"] = 0.10388906108490314, ["pca_wasserstein_mean"] = 0.1959872769605048,
        ["ld_r"] = 0.5962656804774938, ["ld_mean_difference"] = -0.004412590709655424, ["distance_within_mean"] = 15.556442577030813,
        ["distance_between_mean"] = 15.894305555555556, ["distance_within_wasserstein"] = 0.40812324929971977,
        ["distance_between_wasserstein"] = 0.15369164332399618, ["adversarial_accuracy_truth"] = 0.575,
        ["adversarial_accuracy_synthetic"] = 0.5125, ["adversarial_accuracy"] = 0.54375, ["copies_of_training"] = 0.025,
        ["nearest_training_median"] = 6, ["nearest_training_wasserstein"] = 0.35, ["repeated"] = 0.01666666666666672,
    };

    private static readonly string[] made =
        [.. File.ReadLines(Path.Combine(RealData.Root, "samples", "haplotypes", "made.hapt")).Select(l => l + "\n")];

    private readonly PopulationRun run = new();

    public void Dispose() => run.Dispose();

    private (string Real, string Artificial) Halves() =>
        (run.Write("real.hapt", string.Concat(made[..120])), run.Write("ours.hapt", string.Concat(made[120..])));

    [Fact]
    public void Every_figure_is_that_of_numpy_and_scipy()
    {
        var (real, ours) = Halves();
        var figures = PopulationRun.Figures(run.Compare(real, ours), "ours");
        foreach (var (name, value) in recorded) Assert.Equal(value, figures[name][0], 1e-5 * Math.Max(1, Math.Abs(value)));
        Assert.Equal(recorded.Keys.Append("fixed_snps").Order(), figures.Keys.Order());
    }

    [Fact]
    public void Four_haplotypes_by_hand()
    {
        // Frequencies 1/2, 1/2, 3/4 and 1/2, 1/4, 1. Real r2: 1, 1/3, 1/3; in the other set 1/3 where both vary, once.
        var real = run.Haplotypes("r.hapt", "110", "111", "001", "001");
        var other = run.Haplotypes("o.hapt", "111", "101", "001", "001");
        var folder = run.Compare(real, other);
        var figures = PopulationRun.Figures(folder, "o");
        Assert.Equal(1.0 / 3 - 1, figures["ld_mean_difference"][0], 1e-5);
        Assert.Equal(0.5 / 3, figures["allele_frequency_difference"][0], 1e-5);
        Assert.Equal(1, figures["fixed_snps"][0]);
        // Within real: 1, 2, 2, 3, 3, 0 and so on: (110,111) 1, (110,001) 3 twice, (111,001) 2 twice, (001,001) 0.
        Assert.Equal(11.0 / 6, PopulationRun.Figures(folder, "real")["distance_within_mean"][0], 1e-5);
        Assert.Equal([["within", "real", "0", "1"], ["within", "real", "1", "1"], ["within", "real", "2", "2"],
            ["within", "real", "3", "2"]],
            PopulationRun.Rows(folder, "distances.tsv").Where(r => r[1] == "real"));
        // 111 and twice 001 are real ones; 101 is none.
        Assert.Equal(0.75, figures["copies_of_training"][0]);
        Assert.Equal(0.25, figures["repeated"][0]);
        // Real 110: own at 1, others at 1: a tie. 111: own 1, other 0. 001: own 0, other 0, twice. Others likewise by hand.
        Assert.Equal((0.5 + 0 + 0.5 + 0.5) / 4, figures["adversarial_accuracy_truth"][0], 1e-9);
        Assert.Equal((0 + 0.5 + 0.5 + 0.5) / 4, figures["adversarial_accuracy_synthetic"][0], 1e-9);
        Assert.Equal([["snps", "1", "1", "1", "1", "0.333333"]], PopulationRun.Rows(folder, "ld-decay.tsv"));
    }

    [Fact]
    public void A_set_that_copies_the_real_one_is_told()
    {
        var (real, _) = Halves();
        var copy = run.Write("copy.hapt", string.Concat(made[..120].Reverse()));
        var figures = PopulationRun.Figures(run.Compare(real, copy, 50), "copy");
        Assert.Equal([1.0, 0.9697, 1.0], figures["copies_of_training"].Select(v => Math.Round(v, 4)));
        Assert.Equal((0.0, 1.0, 1.0, 0.0), (figures["adversarial_accuracy"][0], figures["allele_frequency_r"][0], figures["ld_r"][0],
            figures["distance_within_wasserstein"][0]));
    }

    [Fact]
    public void The_order_of_haplotypes_changes_no_figure()
    {
        var (real, ours) = Halves();
        var figures = PopulationRun.Figures(run.Compare(real, ours), "ours");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3), Prop.ForAll(Gen.Choose(0, 1000).ToArbitrary(), seed =>
        {
            var shuffled = made[..120].ToArray();
            new SeededRandom((ulong)seed).Shuffle(shuffled.AsSpan());
            var other = run.Write($"s{seed}.hapt", string.Concat(shuffled));
            foreach (var (name, values) in PopulationRun.Figures(run.Compare(other, ours), "ours"))
                Assert.Equal(figures[name][0], values[0], 1e-5);
        }));
    }

    [Fact]
    public void Intervals_hold_their_figures_and_follow_from_the_seed()
    {
        var (real, ours) = Halves();
        var (first, again, other) = (run.Compare(real, ours, 60, 5), run.Compare(real, ours, 60, 5), run.Compare(real, ours, 60, 6));
        foreach (var file in (string[])["figures.tsv", "pca.tsv", "ld-map.tsv", "report.html", "pca-1-2.svg"])
            Assert.Equal(File.ReadAllText(Path.Combine(first, file)), File.ReadAllText(Path.Combine(again, file)));
        var (a, b) = (PopulationRun.Figures(first, "ours"), PopulationRun.Figures(other, "ours"));
        Assert.All(a.Where(f => !double.IsNaN(f.Value[1])), f => Assert.InRange(f.Value[0], f.Value[1], f.Value[2]));
        Assert.Equal(a["allele_frequency_r"][0], b["allele_frequency_r"][0]);
        Assert.NotEqual(a["allele_frequency_r"][1], b["allele_frequency_r"][1]);
    }

    [Fact]
    public void A_larger_set_is_taken_in_samples_of_the_smaller_and_training_haplotypes_are_told_from_new_ones()
    {
        var real = run.Write("held-out.hapt", string.Concat(made[..40]));
        var train = run.Write("train.hapt", string.Concat(made[40..120]));
        // Half of what is generated is what the generator was shown.
        var ours = run.Write("ours.hapt", string.Concat(made[40..80]) + string.Concat(made[120..200]));
        var folder = run.Compare(new CompareOptions { Real = [real], Train = [train], Artificial = [ours], Bootstrap = 60 });
        var figures = PopulationRun.Figures(folder, "ours");
        Assert.InRange(figures["copies_of_training"][0], 1.0 / 3, 0.4);
        Assert.InRange(figures["copies_of_real"][0], 0, 0.1);
        Assert.InRange(figures["adversarial_accuracy"][0], 0.35, 0.65);
        Assert.True(figures["adversarial_accuracy_training"][0] < figures["adversarial_accuracy"][0]);
        Assert.True(figures["privacy_loss"][1] > 0);
        Assert.Equal(120, PopulationRun.Rows(folder, "nearest.tsv").Where(r => r[0] == "ours").Sum(r => int.Parse(r[2])));
    }

    [Fact]
    public void The_published_sets_have_their_published_figures()
    {
        string Shared(string name)
        {
            var path = Path.GetFullPath(Path.Combine(RealData.Root, "..", "shared", "data", "haplotypes_805", name));
            Assert.SkipUnless(File.Exists(path), $"../shared/data/haplotypes_805/{name} is not here");
            return path;
        }

        var folder = run.Compare(new CompareOptions
        {
            Real = [Shared("805_SNP_1000G_real.hapt.gz")], Names = ["GAN,RBM"], Legend = Shared("805_SNP.legend"), Bootstrap = 0,
            Artificial = [Shared("805_SNP_GAN_AG_20000epochs.hapt.gz"), Shared("805_SNP_RBM_AG_800Epochs.hapt.gz")],
        });
        double[] Of(string set)
        {
            var figures = PopulationRun.Figures(folder, set);
            return [.. ((string[])["allele_frequency_r", "allele_frequency_r_rare", "ld_r"]).Select(f => Math.Round(figures[f][0], 3))];
        }

        Assert.Equal([0.982, 0.863, 0.924], Of("GAN"));
        Assert.Equal([0.994, 0.988, 0.977], Of("RBM"));
        Assert.Contains("The 54 SNPs whose allele 1 has a real frequency under 0.2.",
            File.ReadAllText(Path.Combine(folder, "report.html")));
        Assert.Contains(PopulationRun.Rows(folder, "ld-decay.tsv"), r => r[0] == "bases");
    }

    [Fact]
    public void Its_options_keep_their_limits() => OptionsChecks.Run(new Workbench(new PopulationPlugin()).Offers.Single(),
        new { real = new[] { "a.hapt" }, artificial = new[] { "b.hapt" }, output = "c" });
}

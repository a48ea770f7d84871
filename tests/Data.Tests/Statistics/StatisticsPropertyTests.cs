using FsCheck;
using FsCheck.Fluent;
using PluginHost.Libs.Statistics;

namespace PluginHost.Data.Tests.Statistics;

public sealed class StatisticsPropertyTests
{
    private static readonly Gen<int> small = Gen.Choose(-4, 4);

    [Fact]
    public void The_exact_Wilcoxon_test_counts_every_pattern_of_signs() => Prop.ForAll(
        small.ListOf().Select(l => l.Take(9).ToArray()).ToArbitrary(), differences =>
        {
            var result = WilcoxonSignedRank.Test(differences.Select(d => (double)d));
            var kept = differences.Where(d => d != 0).ToArray();
            if (kept.Length == 0) return result.P == 1;
            var ranks = Midranks.Of([.. kept.Select(Math.Abs)]);
            var observed = kept.Zip(ranks).Where(p => p.First > 0).Sum(p => p.Second);
            var (low, high) = (0, 0);
            for (var signs = 0; signs < 1 << kept.Length; signs++)
            {
                var sum = ranks.Where((_, i) => (signs >> i & 1) == 1).Sum();
                if (sum <= observed) low++;
                if (sum >= observed) high++;
            }
            return Math.Abs(result.P - Math.Min(1, 2.0 * Math.Min(low, high) / (1 << kept.Length))) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Beyond_the_exact_the_approximation_is_close()
    {
        var random = new SeededRandom(5);
        for (var trial = 0; trial < 20; trial++)
        {
            var differences = Enumerable.Range(0, 200).Select(_ => Math.Round(random.NextNormal() + 0.1, 1)).ToArray();
            var (exact, near) = (WilcoxonSignedRank.Test(differences), WilcoxonSignedRank.Test(differences, ZeroDifferences.Drop, 0));
            Assert.True(exact.Exact && !near.Exact);
            Assert.Equal(exact.P, near.P, 0.004);
        }
    }

    [Fact]
    public void DeLongs_areas_are_the_metrics_and_the_test_turns_with_the_models() => Prop.ForAll(
        Gen.Two(Gen.Choose(0, 6)).Zip(Gen.Elements(true, false)).ListOf()
            .Where(l => l.Count(i => i.Item2) > 1 && l.Count(i => !i.Item2) > 1).ToArbitrary(), items =>
        {
            float[] first = [.. items.Select(i => (float)i.Item1.Item1)], second = [.. items.Select(i => (float)i.Item1.Item2)];
            bool[] positive = [.. items.Select(i => i.Item2)];
            var (result, turned) = (DeLong.Compare(first, second, positive)!, DeLong.Compare(second, first, positive)!);
            return Math.Abs(result.First - Ranking.AreaUnderRoc(first, positive)) < 1e-12
                && Math.Abs(result.Second - Ranking.AreaUnderRoc(second, positive)) < 1e-12
                && (result.P.Equals(turned.P) || Math.Abs(result.P - turned.P) < 1e-9)
                && (double.IsNaN(result.P) || result.P is >= 0 and <= 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Adjusted_p_values_are_no_smaller_keep_the_order_and_stay_below_one() => Prop.ForAll(
        Gen.Choose(0, 1000).Select(v => v / 1000.0).ListOf().ToArbitrary(), list =>
        {
            double[] p = [.. list];
            var q = BenjaminiHochberg.Adjust(p);
            return q.Zip(p).All(v => v.First >= v.Second - 1e-15 && v.First <= 1)
                && Enumerable.Range(0, p.Length).All(i => Enumerable.Range(0, p.Length).All(j => p[i] > p[j] || q[i] <= q[j]));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Midranks_sum_to_what_ranks_sum_to_and_follow_the_values() => Prop.ForAll(
        small.ListOf().ToArbitrary(), list =>
        {
            int[] values = [.. list];
            var ranks = Midranks.Of(values);
            return ranks.Sum() == values.Length * (values.Length + 1) / 2.0
                && Enumerable.Range(0, values.Length)
                    .All(i => ranks[i] == values.Count(v => v < values[i]) + (values.Count(v => v == values[i]) + 1) / 2.0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_infinities_share_a_rank() =>
        Assert.Equal([4.5, 2, 4.5, 1, 3], Midranks.Of([double.PositiveInfinity, 0, double.PositiveInfinity, double.NegativeInfinity, 7]));

    [Fact]
    public void The_bootstrap_is_the_same_whatever_the_threads_and_covers_a_known_mean()
    {
        var random = new SeededRandom(17);
        var covered = 0;
        for (var trial = 0; trial < 40; trial++)
        {
            var values = Enumerable.Range(0, 60).Select(_ => random.NextNormal() + 0.3).ToArray();
            var result = Run();
            Assert.Equal(values.Average(), result.Difference, 12);
            Assert.Equal(result, Run());
            if (result.Low <= 0.3 && 0.3 <= result.High) covered++;

            BootstrapResult Run() => Assert.Single(PairedBootstrap.Run(values.Length, places => [places.Average(i => values[i])], 300, 3));
        }
        // 95 % intervals: fewer than 33 of 40 would happen once in a thousand times.
        Assert.InRange(covered, 33, 40);
    }

    [Fact]
    public void Where_a_figure_is_undefined_on_a_resample_it_is_left_out()
    {
        var result = PairedBootstrap.Run(2, places => [places[0] == places[1] ? double.NaN : 1], 200, 1)[0];

        Assert.InRange(result.Resamples, 60, 140);
        Assert.Equal((1.0, 1.0), (result.Low, result.High));
    }
}

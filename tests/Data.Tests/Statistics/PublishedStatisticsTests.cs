using PluginHost.Libs.Statistics;

namespace PluginHost.Data.Tests.Statistics;

/// <summary>Values from papers, or worked out by hand.</summary>
public sealed class PublishedStatisticsTests
{
    [Fact]
    public void Wilcoxon_of_Darwins_maize()
    {
        // Heights of cross- and self-fertilised plants (Fisher 1935, chapter 3), in eighths of an inch: rank sum 24, exact p 0.0413.
        var result = WilcoxonSignedRank.Test([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]);

        Assert.Equal((15, 0, 96.0, 24.0, true), (result.Pairs, result.Zeros, result.Plus, result.Minus, result.Exact));
        Assert.Equal(0.041259765625, result.P, 1e-12);
    }

    [Fact]
    public void Wilcoxon_with_ties_counts_the_signs_of_the_midranks()
    {
        // |d| = 1, 1, 2 have ranks 1.5, 1.5, 3; of 8 sign patterns, rank sums up to 1.5 come 3 times: p = 2 * 3 / 8.
        Assert.Equal(0.75, WilcoxonSignedRank.Test([-1, 1, 2]).P, 12);
        Assert.Equal(0.25, WilcoxonSignedRank.Test([1, 1, 2]).P, 12);
    }

    [Fact]
    public void Pratt_ranks_zeros_and_then_leaves_them_out()
    {
        // 0, 0, 1, -2, 3: ranks 1.5, 1.5, 3, 4, 5; the signed ones give sums 8 and 4. Of 8 patterns 0, 3 and 4 are at most 4.
        var result = WilcoxonSignedRank.Test([0, 0, 1, -2, 3], ZeroDifferences.Pratt);

        Assert.Equal((3, 2, 8.0, 4.0), (result.Pairs, result.Zeros, result.Plus, result.Minus));
        Assert.Equal(0.75, result.P, 12);
    }

    [Fact]
    public void Nothing_to_rank_is_no_difference() =>
        Assert.Equal((0, 3, 1.0), (WilcoxonSignedRank.Test([0, 0, 0, double.NaN]).Pairs, WilcoxonSignedRank.Test([0, 0, 0]).Zeros,
            WilcoxonSignedRank.Test([0]).P));

    [Fact]
    public void Benjamini_and_Hochberg_call_four_of_their_fifteen_tests()
    {
        // Thrombolysis trial, section 4.1 of the paper: at 0.05 the first four hypotheses are rejected.
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
            1.0000];

        var q = BenjaminiHochberg.Adjust(p);

        Assert.Equal(4, q.Count(v => v <= 0.05));
        Assert.Equal(0.0001 * 15, q[0], 12);
        Assert.Equal(0.0095 * 15 / 4, q[3], 12);
        Assert.Equal(1, q[14]);
        Assert.Equal(q[..3], BenjaminiHochberg.Adjust([.. p, double.NaN])[..3]);
    }

    [Fact]
    public void DeLong_of_five_items_by_hand()
    {
        // Positives 3, 2; negatives 1, 2, 0. Against the negatives: 3 wins all, 2 wins two and ties one: V10 = 1, 5/6.
        // Negatives lose to: 1 both, 2 one and ties one, 0 both: V01 = 1, 3/4, 1. Variance (1/72) / 2 + (1/48) / 3 = 1/72.
        // The other model ranks everything alike: area 1/2, variance 0.
        bool[] positive = [true, false, true, false, false];

        var result = DeLong.Compare([3, 1, 2, 2, 0], [7, 7, 7, 7, 7], positive)!;

        Assert.Equal(11 / 12.0, result.First, 12);
        Assert.Equal(0.5, result.Second, 12);
        Assert.Equal(Math.Sqrt(1 / 72.0), result.FirstError, 12);
        Assert.Equal(result.FirstError, result.DifferenceError, 12);
        Assert.Equal((11 / 12.0 - 0.5) / Math.Sqrt(1 / 72.0), result.Z, 9);
    }

    [Fact]
    public void DeLong_says_nothing_where_it_cannot()
    {
        Assert.Null(DeLong.Compare([1, 2, 3], [1, 2, 3], [true, false, false]));
        Assert.Null(DeLong.Compare([1, float.NaN, 3, 4], [1, 2, 3, 4], [true, false, false, true]));
        Assert.Equal(1, DeLong.Compare([1, 2, 3, 4], [2, 4, 6, 8], [false, true, false, true])!.P);
    }

    [Fact]
    public void McNemar_counts_four_ways()
    {
        var counts = McNemar.Of([0, 0, 1, 1, 2, -1], [0, 0, 1, 0, 1, 0], [0, 1, 1, 1, 1, 0]);

        Assert.Equal(new McNemar(2, 1, 1, 1), counts);
        Assert.Equal(1, counts.P);
        Assert.Equal(2 * 11 / 1024.0, new McNemar(0, 1, 9, 0).P, 12);
    }
}

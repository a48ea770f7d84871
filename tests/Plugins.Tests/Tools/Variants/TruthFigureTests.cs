using PluginHost.Plugins.Variants.Truth;

namespace PluginHost.Plugins.Tests.Tools.Variants;

/// <summary>Scores against a truth, worked by hand.</summary>
public sealed class TruthFigureTests
{
    private static int[][] Single(int count) => [.. Enumerable.Range(0, count).Select(i => new[] { i })];

    [Fact]
    public void Areas_of_a_truth_of_0_and_1_are_those_of_counted_pairs()
    {
        double[] truth = [1, 0, 1, 0, 0, 1], score = [0.9, 0.8, 0.7, 0.7, 0.1, double.NaN];
        var figures = new TruthFigures(truth, Single(6));
        Assert.True(figures.IsBinary);
        var row = figures.Of([score], TestContext.Current.CancellationToken)[0];
        // Of the six pairs of 1 and 0 with a number, 0.9 wins three, 0.7 wins one and ties one.
        Assert.Equal(4.5 / 6, row[0].Value, 9);
        // Recall rises at 0.9 (1 of 1) and at 0.7 (2 of 4).
        Assert.Equal((1 + 0.5) / 2, row[1].Value, 9);
        Assert.InRange(row[0].Value, row[0].Low, row[0].High);
    }

    [Fact]
    public void Sizes_are_compared_without_their_signs()
    {
        double[] truth = [-3, 2, -1, 0.5], distance = [3, 2, 1, 0.5];
        var row = new TruthFigures(truth, Single(4)).Of([distance], TestContext.Current.CancellationToken)[0];
        Assert.Equal("pearson of sizes", row[2].Name);
        Assert.Equal(1, row[2].Value, 9);
        Assert.True(row[0].Value < 0);
        Assert.Equal(-0.4, row[1].Value, 9);
    }

    [Fact]
    public void Alleles_of_one_position_are_drawn_together()
    {
        double[] truth = [1, 2, 3, 4], score = [1, 3, 2, 5];
        // All of them at one position: every resample is the whole.
        var row = new TruthFigures(truth, [[0, 1, 2, 3]]).Of([score], TestContext.Current.CancellationToken)[0];
        Assert.Equal(row[0].Value, row[0].Low, 12);
        Assert.Equal(row[0].Value, row[0].High, 12);
    }
}

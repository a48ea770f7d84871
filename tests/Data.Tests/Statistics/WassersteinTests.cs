using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using PluginHost.Libs.Statistics;

namespace PluginHost.Data.Tests.Statistics;

public sealed class WassersteinTests
{
    private static readonly Arbitrary<(double[] First, double[] Second)> samples = (
        from first in Gen.Choose(-9, 9).NonEmptyListOf()
        from second in Gen.Choose(-9, 9).NonEmptyListOf()
        select (first.Select(v => (double)v).ToArray(), second.Select(v => (double)v).ToArray())).ToArbitrary();

    [Theory]
    // The first three are those of the documentation of scipy.stats.wasserstein_distance.
    [InlineData(new double[] { 0, 1, 3 }, new double[] { 5, 6, 8 }, new byte[0], new byte[0], 5)]
    [InlineData(new double[] { 0, 1 }, new double[] { 0, 1 }, new byte[] { 3, 1 }, new byte[] { 2, 2 }, 0.25)]
    [InlineData(new double[] { 3.4, 3.9, 7.5, 7.8 }, new double[] { 4.5, 1.4 }, new byte[] { 14, 9, 31, 72 }, new byte[] { 32, 35 },
        4.0781331438047861)]
    [InlineData(new double[] { 2 }, new double[] { 1, 2, 3 }, new byte[] { 1 }, new byte[] { 0, 1, 0 }, 0)]
    public void It_is_the_area_between_cumulative_distributions(double[] a, double[] b, byte[] u, byte[] v, double distance) =>
        Assert.Equal(distance, new Wasserstein(a, b).Distance(u, v), 1e-12);

    [Fact]
    public void It_is_symmetric_and_nothing_from_a_sample_to_itself() => Prop.ForAll(samples, pair =>
        Math.Abs(new Wasserstein(pair.First, pair.Second).Distance() - new Wasserstein(pair.Second, pair.First).Distance()) < 1e-12
        && Math.Abs(new Wasserstein(pair.First, pair.First).Distance()) < 1e-12).QuickCheckThrowOnFailure();

    [Fact]
    public void A_shift_is_its_length_and_order_does_not_matter() => Prop.ForAll(samples, pair =>
        Math.Abs(new Wasserstein(pair.First, [.. pair.First.Select(v => v + 3).Reverse()]).Distance() - 3) < 1e-12)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Counts_say_the_same_as_their_values() => Prop.ForAll(samples, pair =>
    {
        double[] Counts(double[] values) => [.. Enumerable.Range(-9, 19).Select(v => (double)values.Count(x => x == v))];
        return Math.Abs(Wasserstein.OfCounts(Counts(pair.First), Counts(pair.Second))
            - new Wasserstein(pair.First, pair.Second).Distance()) < 1e-12;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sums_give_the_correlation_and_can_be_joined()
    {
        double[] x = [1, 2, 4, 8, 3], y = [2, 1, 5, 6, 7];
        var (sums, half) = (new PearsonSums(), new PearsonSums());
        for (var i = 0; i < 3; i++) sums.Add(x[i], y[i]);
        for (var i = 3; i < 5; i++) half.Add(x[i], y[i]);
        sums.Add(half);
        Assert.Equal(Correlation.Pearson(x, y), sums.Correlation, 1e-12);
        Assert.Equal((3.6, 4.2), (sums.MeanX, sums.MeanY));
        var (twice, weighted) = (new PearsonSums(), new PearsonSums());
        foreach (var i in (int[])[0, 1, 1, 1, 4]) twice.Add(x[i], y[i]);
        foreach (var (i, w) in ((int, int)[])[(0, 1), (1, 3), (4, 1)]) weighted.Add(x[i], y[i], w);
        Assert.Equal(twice.Correlation, weighted.Correlation, 1e-12);
    }

    [Fact]
    public void The_largest_eigenvalues_are_those_of_the_whole_decomposition()
    {
        var random = new SeededRandom(3);
        var half = Matrix<double>.Build.Dense(60, 90, (_, _) => random.NextNormal());
        var matrix = half * half.Transpose();
        var found = LargestEigenvalues.Of(matrix.ToRowMajorArray(), 60, 4);
        var whole = matrix.Evd(Symmetricity.Symmetric);
        for (var k = 0; k < 4; k++)
        {
            Assert.Equal(whole.EigenValues[59 - k].Real, found.Values[k], 1e-8);
            Assert.Equal(1, Math.Abs(whole.EigenVectors.Column(59 - k) * Vector<double>.Build.Dense(found.Vectors[k])), 1e-8);
        }
    }

    [Fact]
    public void A_matrix_of_few_directions_ends_early()
    {
        // 2 and 0 by hand: the vector is (1, 1) / sqrt(2).
        var found = LargestEigenvalues.Of([1, 1, 1, 1], 2, 1);
        Assert.Equal(2, found.Values[0], 1e-12);
        Assert.Equal(Math.Sqrt(0.5), Math.Abs(found.Vectors[0][0]), 1e-12);
        Assert.Equal(found.Vectors[0][0], found.Vectors[0][1], 1e-12);
    }
}

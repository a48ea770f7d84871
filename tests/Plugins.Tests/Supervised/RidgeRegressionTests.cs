using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Tests.Supervised;

[Collection(TorchCollection.Name)]
public sealed class RidgeRegressionTests
{
    private static ((int[] Index, float[] Value)[] Rows, float[,] Targets) Problem(int rows, double noise)
    {
        var random = new SeededRandom(5);
        var data = Enumerable.Range(0, rows)
            .Select(_ => (new[] { 0, 1, 2 },
            new[] { (float)random.NextNormal(), 3 + 2 * (float)random.NextNormal(), (float)random.NextNormal() })).ToArray();
        var targets = new float[rows, 2];
        for (var n = 0; n < rows; n++)
        {
            targets[n, 0] = (float)(1 + 2 * data[n].Item2[0] - data[n].Item2[1] + noise * random.NextNormal());
            targets[n, 1] = (float)(-4 + 0.5 * data[n].Item2[2] + noise * random.NextNormal());
        }
        return (data, targets);
    }

    [Fact]
    public void Without_noise_it_finds_the_plane()
    {
        var (rows, targets) = Problem(200, 0);
        var model = RidgeRegression.Fit(rows, targets, 3, penalty: 1e-6);
        for (var n = 0; n < rows.Length; n++)
            for (var c = 0; c < 2; c++) Assert.Equal(targets[n, c], model.Predict(rows[n])[c], 1e-4);
    }

    [Fact]
    public void It_is_at_the_minimum_of_its_penalised_error()
    {
        // One standardised feature has the closed form w = sum(z y) / (rows + penalty).
        var (rows, _) = Problem(50, 0);
        var one = rows.Select(r => (new[] { 0 }, new[] { r.Value[0] })).ToArray();
        var targets = new float[50, 1];
        for (var n = 0; n < 50; n++) targets[n, 0] = one[n].Item2[0] * one[n].Item2[0] + one[n].Item2[0];
        var mean = one.Average(r => (double)r.Item2[0]);
        var deviation = Math.Sqrt(one.Average(r => (r.Item2[0] - mean) * (r.Item2[0] - mean)));
        var centre = Enumerable.Range(0, 50).Average(n => (double)targets[n, 0]);
        var weight = Enumerable.Range(0, 50).Sum(n => (one[n].Item2[0] - mean) / deviation * (targets[n, 0] - centre)) / (50 + 10);
        var model = RidgeRegression.Fit(one, targets, 1, penalty: 10);
        foreach (var row in one) Assert.Equal(centre + weight * (row.Item2[0] - mean) / deviation, model.Predict(row)[0], 1e-5);
    }

    [Fact]
    public void Missing_targets_and_constant_features_do_no_harm()
    {
        var (rows, targets) = Problem(120, 0.1);
        var padded = rows.Select(r => (Index: new[] { 0, 1, 2, 3 }, Value: (float[])[.. r.Value, 1])).ToArray();
        for (var n = 0; n < 10; n++) targets[n, 1] = float.NaN;
        var model = RidgeRegression.Fit(padded, targets, 5);
        Assert.All(padded, row => Assert.All(model.Predict(row), v => Assert.True(float.IsFinite(v))));
        Assert.True(Enumerable.Range(10, 110).Average(n => Math.Abs(model.Predict(padded[n])[1] - targets[n, 1])) < 0.2);
    }

    [Fact]
    public void The_same_data_give_the_same_bits()
    {
        var (rows, targets) = Problem(80, 1);
        Assert.Equal(RidgeRegression.Fit(rows, targets, 3).Predict(rows[0]), RidgeRegression.Fit(rows, targets, 3).Predict(rows[0]));
    }
}

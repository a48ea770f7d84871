using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Metrics;

namespace PluginHost.Plugins.Tests.Metrics;

/// <summary>Figures of real-valued outputs and of several labels a sample.</summary>
public sealed class OutputMetricTests
{
    public static TheoryData<string> Names => [.. Cases().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_scikit_learn_and_scipy(string name)
    {
        var golden = Cases().Single(c => c.GetProperty("name").GetString() == name);
        var scored = new Scored { Outputs = Matrix(golden.GetProperty("outputs")), Targets = Matrix(golden.GetProperty("targets")) };
        foreach (var value in golden.GetProperty("values").EnumerateObject())
        {
            var metric = Make(value.Name);
            metric.Add(scored);
            Assert.Equal(value.Value.GetDouble(), metric.Value, 1e-9);
            var each = golden.GetProperty("perOutput").GetProperty(value.Name).EnumerateArray().Select(Number).ToList();
            Assert.Equal(each.Count, metric.PerOutput.Count);
            foreach (var (expected, actual) in each.Zip(metric.PerOutput)) Assert.Equal(expected, actual, 1e-9);
        }
    }

    [Fact]
    public void Worked_by_hand()
    {
        // Targets 1 2 3 4 (mean 2.5, squares about it 5), outputs off by 1 -1 1 -1: squared error 4.
        float[] targets = [1, 2, 3, 4], outputs = [2, 1, 4, 3];
        Assert.Equal(1 - 4 / 5.0, Of("r2", outputs, targets), 1e-12);
        Assert.Equal(1, Of("mse", outputs, targets), 1e-12);
        // Products about the means: (-0.5)(-1.5) + (-1.5)(-0.5) + 1.5 * 0.5 + 0.5 * 1.5 = 3, over sqrt(5 * 5).
        Assert.Equal(0.6, Of("pearson", outputs, targets), 1e-12);
        Assert.Equal(0.6, Of("spearman", outputs, targets), 1e-12);
        // Ranks 1.5 1.5 3 against 1 2 3: cov 0.75 + 0 + ... = (-0.5)(-1) + (-0.5)(0) + 1 * 1 = 1.5, over sqrt(1.5 * 2).
        Assert.Equal(1.5 / Math.Sqrt(3), Of("spearman", [5, 5, 9], [1, 2, 3]), 1e-12);
        Assert.Equal([1.5, 1.5, 3, 5, 5, 5], Midranks.Of([2, 2, 3, 7, 7, 7]));
    }

    [Fact]
    public void Undefined_figures_are_left_out_of_the_mean()
    {
        var metric = Make("pearson");
        metric.Add(new Scored
        {
            Outputs = new float[,] { { 1, 5 }, { 2, 5 }, { 4, 5 } },
            Targets = new float[,] { { 2, 1 }, { 4, 2 }, { 8, 3 } }
        });
        Assert.Equal(1, metric.Value, 1e-12);
        Assert.True(double.IsNaN(metric.PerOutput[1]));
        Assert.True(double.IsNaN(Of("r2", [1, 2], [3, 3])));
    }

    [Fact]
    public void Labels_are_told_from_numbers()
    {
        var numbers = new Scored { Outputs = new float[,] { { 0.2f } }, Targets = new float[,] { { 0.3f } } };
        Assert.Contains("needs true classes", Assert.Throws<UsageException>(() => Make("auroc").Add(numbers)).Message);
        Assert.Contains("real-valued outputs",
            Assert.Throws<UsageException>(() => Make("pearson").Add(new Scored { Labels = [1], Predicted = [1] })).Message);
    }

    [Fact]
    public void Precision_recall_and_F1_give_each_class()
    {
        var metric = new ClassRate("recall", (m, c) => m.Recall(c), new());
        metric.Add(new Scored { Labels = [0, 0, 2, 2], Predicted = [0, 2, 2, 2] });
        Assert.Equal([0.5, double.NaN, 1], metric.PerOutput);
        Assert.Equal(0.75, metric.Value);
    }

    [Fact]
    public void Batches_of_any_size_give_the_same() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(-20, 20).Select(i => i / 4f).Two().ListOf(12).ToArbitrary(), pairs =>
        {
            foreach (var name in (string[])["r2", "pearson", "spearman", "mse"])
            {
                var (whole, parts) = (Make(name), Make(name));
                whole.Add(Column(pairs));
                foreach (var chunk in pairs.Chunk(5)) parts.Add(Column(chunk));
                if (!whole.Value.Equals(parts.Value)) return false;
            }
            return true;
        }));

    [Fact]
    public void Rank_correlation_does_not_mind_a_rising_transform() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(-40, 40).Select(i => i / 8f).Two().ListOf(15).ToArbitrary(), pairs =>
        {
            float[] outputs = [.. pairs.Select(p => p.Item1)], targets = [.. pairs.Select(p => p.Item2)];
            var plain = Correlation.Spearman(outputs, targets);
            var bent = Correlation.Spearman([.. outputs.Select(o => MathF.Exp(o))], targets);
            return plain.Equals(bent) && (double.IsNaN(plain) || Math.Abs(plain) <= 1 + 1e-12);
        }));

    private static IMetric Make(string name) => name switch
    {
        "r2" => new OutputMetric(name, true, Correlation.Determination),
        "pearson" => new OutputMetric(name, true, Correlation.Pearson),
        "spearman" => new OutputMetric(name, true, Correlation.Spearman),
        "mse" => new OutputMetric(name, false, Correlation.SquaredError),
        "auroc" => new AreaUnderRoc(),
        "auprc" => new AveragePrecision(),
        "brier" => new BrierScore(),
        _ => throw new ArgumentException(name),
    };

    private static double Of(string name, float[] outputs, float[] targets)
    {
        var metric = Make(name);
        metric.Add(Column([.. outputs.Zip(targets)]));
        return metric.Value;
    }

    private static Scored Column(IReadOnlyList<(float Output, float Target)> pairs)
    {
        var (outputs, targets) = (new float[pairs.Count, 1], new float[pairs.Count, 1]);
        for (var n = 0; n < pairs.Count; n++) (outputs[n, 0], targets[n, 0]) = pairs[n];
        return new() { Outputs = outputs, Targets = targets };
    }

    private static IEnumerable<JsonElement> Cases() => JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "Golden", "outputs.json"))).RootElement.EnumerateArray();

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();

    private static float[,] Matrix(JsonElement rows)
    {
        var matrix = new float[rows.GetArrayLength(), rows[0].GetArrayLength()];
        for (var i = 0; i < matrix.GetLength(0); i++)
            for (var c = 0; c < matrix.GetLength(1); c++) matrix[i, c] = rows[i][c].ValueKind == JsonValueKind.Null ? float.NaN
                : rows[i][c].GetSingle();
        return matrix;
    }
}

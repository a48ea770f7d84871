using System.Text.Json;
using PluginHost.Plugins.Metrics;

namespace PluginHost.Plugins.Tests.Metrics;

/// <summary>Agrees with scikit-learn: see Golden/make_metrics.py.</summary>
public sealed class GoldenMetricTests
{
    public static TheoryData<string> Names => [.. Cases().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_scikit_learn(string name)
    {
        var golden = Cases().Single(c => c.GetProperty("name").GetString() == name);
        var scored = new Scored
        {
            Labels = Ints(golden.GetProperty("truth")),
            Predicted = Ints(golden.GetProperty("predicted")),
            Probabilities = Matrix(golden.GetProperty("probabilities")),
        };
        foreach (var value in golden.GetProperty("values").EnumerateObject())
        {
            var metric = Make(value.Name);
            metric.Add(scored);
            Assert.Equal(value.Value.GetDouble(), metric.Value, 1e-12);
        }
    }

    internal static IMetric Make(string name)
    {
        var parts = name.Split(' ');
        var options = new AverageOptions();
        if (parts.Length > 1) options.Average = Enum.Parse<Average>(parts[1], ignoreCase: true);
        if (parts.Length > 2) options.Positive = int.Parse(parts[2]);
        return parts[0] switch
        {
            "accuracy" => new Accuracy(),
            "mcc" => new MatthewsCorrelation(),
            "auroc" => new AreaUnderRoc(),
            "auprc" => new AveragePrecision(),
            "brier" => new BrierScore(),
            "precision" => new ClassRate("precision", (m, c) => m.Precision(c), options),
            "recall" => new ClassRate("recall", (m, c) => m.Recall(c), options),
            "f1" => new ClassRate("f1", (m, c) => m.F1(c), options),
            _ => throw new ArgumentException(name),
        };
    }

    private static IEnumerable<JsonElement> Cases() => JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "Golden", "metrics.json"))).RootElement.EnumerateArray();

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetInt32())];

    private static float[,] Matrix(JsonElement rows)
    {
        var matrix = new float[rows.GetArrayLength(), rows[0].GetArrayLength()];
        for (var i = 0; i < matrix.GetLength(0); i++)
            for (var c = 0; c < matrix.GetLength(1); c++) matrix[i, c] = rows[i][c].GetSingle();
        return matrix;
    }
}

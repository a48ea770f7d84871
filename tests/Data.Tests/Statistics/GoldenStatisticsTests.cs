using System.Text.Json;
using PluginHost.Libs.Statistics;

namespace PluginHost.Data.Tests.Statistics;

/// <summary>Agrees with scipy and with definitions written out: see Golden/make_statistics.py.</summary>
public sealed class GoldenStatisticsTests
{
    private static readonly JsonElement golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Statistics", "Golden", "statistics.json"))).RootElement;

    [Fact]
    public void DeLong_is_what_its_definition_gives()
    {
        foreach (var test in golden.GetProperty("delong").EnumerateArray())
        {
            var positive = test.GetProperty("positive").EnumerateArray().Select(v => v.GetBoolean()).ToArray();
            var result = DeLong.Compare(Floats(test.GetProperty("first")), Floats(test.GetProperty("second")), positive)!;
            var expected = test.GetProperty("result");
            foreach (var (name, value) in new[]
            {
                ("first", result.First), ("second", result.Second), ("firstError", result.FirstError), ("secondError", result.SecondError),
                ("error", result.DifferenceError), ("z", result.Z), ("p", result.P),
            })
                Assert.Equal(expected.GetProperty(name).GetDouble(), value, 1e-9);
        }
    }

    [Fact]
    public void Wilcoxon_is_scipys()
    {
        foreach (var test in golden.GetProperty("wilcoxon").EnumerateArray())
        {
            var exact = test.GetProperty("exact").GetBoolean();
            var result = WilcoxonSignedRank.Test(
                test.GetProperty("differences").EnumerateArray().Select(v => v.GetDouble()),
                Enum.Parse<ZeroDifferences>(test.GetProperty("zeros").GetString()!), exact ? WilcoxonSignedRank.MostExact : 0);
            Assert.Equal(test.GetProperty("p").GetDouble(), result.P, 1e-10);
            Assert.Equal(test.GetProperty("statistic").GetDouble(), Math.Min(result.Plus, result.Minus), 1e-10);
            Assert.Equal(exact, result.Exact);
        }
    }

    [Fact]
    public void McNemar_is_scipys_binomial_test()
    {
        foreach (var test in golden.GetProperty("mcnemar").EnumerateArray())
            Assert.Equal(test.GetProperty("p").GetDouble(),
                SignTest.P(test.GetProperty("first").GetInt32(), test.GetProperty("second").GetInt32()), 1e-9);
    }

    [Fact]
    public void Adjusted_p_values_are_what_their_definition_gives()
    {
        foreach (var test in golden.GetProperty("fdr").EnumerateArray())
        {
            var adjusted = BenjaminiHochberg.Adjust([.. test.GetProperty("p").EnumerateArray().Select(v => v.GetDouble())]);
            Assert.Equal(test.GetProperty("q").EnumerateArray().Select(v => v.GetDouble()), adjusted, (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetSingle())];
}

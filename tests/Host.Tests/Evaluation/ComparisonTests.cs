using PluginHost.Host.Batches;
using PluginHost.Host.Scoring;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Tests.Evaluation;

public class ComparisonTests
{
    private static EvaluationResult Result(double mcc, params int[] predicted) => new(
        new Dictionary<string, double> { ["mcc"] = mcc }, predicted.Length, null,
        [.. predicted.Select((p, i) => new PredictionRow(i, $"s{i}", "1", p, []) { Truth = 1 })], new EncodingTally());

    [Fact]
    public void A_small_difference_is_called_unclear()
    {
        var text = PretrainingVerdict.Sentence("test", Result(0.51, 1, 1, 0, 1), Result(0.50, 1, 0, 1, 1));

        Assert.Contains("test mcc is 0.5100 with it and 0.5000 from random weights, a difference of +0.0100.", text);
        Assert.Contains("Of the 2 sequences that only one of the two gets right, 1 go", text);
        Assert.EndsWith("no clear difference.", text);
    }

    [Fact]
    public void An_undefined_figure_gives_no_difference()
    {
        var text = PretrainingVerdict.Sentence("test", Result(double.NaN, 1, 1, 0, 1), Result(0.50, 1, 0, 1, 1));

        Assert.StartsWith("What pretraining did: test mcc is undefined with it, so it says nothing. Of the 2 sequences", text);
    }

    [Fact]
    public void A_clear_difference_is_called_by_its_sign()
    {
        var (good, bad) = (Enumerable.Repeat(1, 20).ToArray(), Enumerable.Repeat(0, 20).ToArray());

        Assert.EndsWith("pretraining helped here.", PretrainingVerdict.Sentence("test", Result(0.9, good), Result(0.1, bad)));
        Assert.EndsWith("pretraining hurt here.", PretrainingVerdict.Sentence("test", Result(0.1, bad), Result(0.9, good)));
    }
}

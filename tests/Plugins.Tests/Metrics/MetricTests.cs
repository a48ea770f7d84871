using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Metrics;

namespace PluginHost.Plugins.Tests.Metrics;

/// <summary>Values worked by hand, and what happens at the edges.</summary>
public sealed class MetricTests
{
    private static double Value(string metric, Scored scored)
    {
        var m = GoldenMetricTests.Make(metric);
        m.Add(scored);
        return m.Value;
    }

    private static Scored Classes(int[] truth, int[] predicted) =>
        new() { Labels = truth, Predicted = predicted, Ids = [.. truth.Select((_, i) => $"{i}")] };

    private static Scored Binary(int[] truth, float[] positive)
    {
        var probabilities = new float[positive.Length, 2];
        for (var i = 0; i < positive.Length; i++) (probabilities[i, 0], probabilities[i, 1]) = (1 - positive[i], positive[i]);
        return new() { Labels = truth, Probabilities = probabilities };
    }

    // Truth 1 1 1 1 0 0 0 0 0 0, predicted 1 1 1 0 1 1 0 0 0 0: TP 3, FN 1, FP 2, TN 4.
    private static readonly Scored ten = Classes([1, 1, 1, 1, 0, 0, 0, 0, 0, 0], [1, 1, 1, 0, 1, 1, 0, 0, 0, 0]);

    [Theory]
    [InlineData("accuracy", 0.7)]
    [InlineData("precision binary", 3 / 5.0)]
    [InlineData("recall binary", 3 / 4.0)]
    [InlineData("f1 binary", 2 / 3.0)]
    [InlineData("precision macro", (3 / 5.0 + 4 / 5.0) / 2)]
    [InlineData("recall macro", (3 / 4.0 + 4 / 6.0) / 2)]
    [InlineData("f1 macro", (2 / 3.0 + 8 / 11.0) / 2)]
    [InlineData("f1 weighted", 0.4 * 2 / 3.0 + 0.6 * 8 / 11.0)]
    [InlineData("f1 micro", 0.7)]
    [InlineData("mcc", 0.40824829046386302)] // (3*4 - 2*1) / sqrt(5*4*6*5) = 10 / sqrt(600)
    public void Two_classes_by_hand(string metric, double expected) => Assert.Equal(expected, Value(metric, ten), 1e-15);

    [Fact]
    public void Three_class_mcc_by_hand()
    {
        // s = 6, c = 4; truths 2 2 2; predictions 3 2 1: (4*6 - 12) / sqrt((36 - 14)(36 - 12)).
        var scored = Classes([0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 0, 0]);
        scored = scored with { Predicted = [0, 0, 1, 0, 2, 1] };
        Assert.Equal(12 / Math.Sqrt(22 * 24), Value("mcc", scored), 1e-15);
    }

    [Fact]
    public void Constant_predictions_have_no_correlation()
    {
        Assert.Equal(0, Value("mcc", Classes([0, 1, 1], [1, 1, 1])));
        Assert.Equal(0, Value("mcc", Classes([1, 1, 1], [0, 1, 1])));
        Assert.Equal(0, Value("precision binary", Classes([0, 1, 1], [0, 0, 0])));
    }

    [Fact]
    public void Macro_goes_over_classes_that_occur()
    {
        // Class 1 occurs nowhere; class 2 only as a prediction.
        Assert.Equal((1.0 + 0) / 2, Value("precision macro", Classes([0, 0], [0, 2])), 1e-15);
    }

    [Fact]
    public void Huge_counts_do_not_overflow_the_correlation()
    {
        var matrix = new ConfusionMatrix();
        for (var i = 0; i < 300_000; i++) matrix.Add(i % 3, i % 3);
        Assert.Equal(1, matrix.Matthews, 1e-12);
        Assert.Equal(3, matrix.Classes);
        Assert.Equal(100_000, matrix[2, 2]);
        Assert.Equal(0, matrix[9, 9]);
    }

    [Theory]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0.1f, 0.4f, 0.35f, 0.8f }, 0.75, 5 / 6.0)]
    [InlineData(new[] { 0, 1 }, new[] { 0.5f, 0.5f }, 0.5, 0.5)]
    [InlineData(new[] { 0, 1, 1, 0, 1 }, new[] { 0.2f, 0.6f, 0.6f, 0.6f, 0.9f }, (2 * 1.5 + 2) / 6, 1 / 3.0 + 2 / 3.0 * (3 / 4.0))]
    [InlineData(new[] { 1, 1, 0, 0 }, new[] { 0.1f, 0.2f, 0.8f, 0.9f }, 0.0, 0.5 * (1 / 3.0) + 0.5 * (2 / 4.0))]
    public void Rankings_by_hand(int[] truth, float[] scores, double roc, double precision)
    {
        Assert.Equal(roc, Value("auroc", Binary(truth, scores)), 1e-12);
        Assert.Equal(precision, Value("auprc", Binary(truth, scores)), 1e-12);
    }

    [Fact]
    public void Brier_by_hand()
    {
        Assert.Equal((0.25 * 0.25 + 0.5 * 0.5) / 2, Value("brier", Binary([1, 0], [0.75f, 0.5f])), 1e-12);
        var three = new Scored { Labels = [2], Probabilities = new[,] { { 0.5f, 0.25f, 0.25f } } };
        Assert.Equal(0.25 + 0.0625 + 0.5625, Value("brier", three), 1e-12);
    }

    [Fact]
    public void Rankings_leave_out_what_is_undefined()
    {
        Assert.Equal(double.NaN, Value("auroc", Binary([1, 1], [0.3f, 0.4f])));
        Assert.Equal(double.NaN, Value("auprc", Binary([0, 0], [0.3f, 0.4f])));
        Assert.Equal(double.NaN, Value("auroc", Binary([0, 1], [0.3f, float.NaN])));
        // Of three classes only 0 and 2 have items: one pair.
        var two = new Scored { Labels = [0, 2], Probabilities = new[,] { { 0.6f, 0.3f, 0.1f }, { 0.1f, 0.3f, 0.6f } } };
        Assert.Equal(1, Value("auroc", two));
        Assert.Equal(1, Value("auprc", two));
    }

    [Theory]
    [InlineData("accuracy")]
    [InlineData("mcc")]
    [InlineData("f1 macro")]
    [InlineData("auroc")]
    [InlineData("brier")]
    public void Nothing_added_is_undefined(string metric)
    {
        Assert.Equal(double.NaN, GoldenMetricTests.Make(metric).Value);
        Assert.Equal(double.NaN, Value(metric, new() { Labels = [-100], Predicted = [1], Probabilities = new[,] { { 0.5f, 0.5f } } }));
    }

    [Fact]
    public void Ignored_items_do_not_count()
    {
        Assert.Equal(0.5, Value("accuracy", Classes([1, -100, 0], [1, 5, 1])));
        Assert.Equal(1, Value("auroc", Binary([0, -100, 1], [0.1f, 0.0f, 0.9f])));
    }

    [Theory]
    [InlineData("accuracy", "'accuracy' needs true classes")]
    [InlineData("mcc", "'mcc' needs true classes")]
    [InlineData("f1 macro", "'f1' needs true classes")]
    [InlineData("auroc", "'auroc' needs true classes")]
    public void Labels_that_are_missing_are_named(string metric, string said) =>
        Assert.Contains(said, Assert.Throws<UsageException>(() => Value(metric, new())).Message);

    [Fact]
    public void Other_things_that_are_missing_are_named()
    {
        Assert.Contains("'accuracy' needs predicted classes",
            Assert.Throws<UsageException>(() => Value("accuracy", new() { Labels = [1] })).Message);
        Assert.Contains("'auprc' needs class probabilities",
            Assert.Throws<UsageException>(() => Value("auprc", new() { Labels = [1] })).Message);
        Assert.Contains("'loss' needs losses", Assert.Throws<UsageException>(() => new Loss(new()).Add(new())).Message);
        Assert.Contains("at least two classes",
            Assert.Throws<UsageException>(() => Value("auroc", new() { Labels = [0], Probabilities = new[,] { { 1f } } })).Message);
        Assert.Contains("needs two classes",
            Assert.Throws<UsageException>(() => Value("f1 binary", Classes([0, 1, 2], [0, 1, 2]))).Message);
        Assert.Contains("hidden tokens",
            Assert.Throws<UsageException>(() => new Accuracy("masked-accuracy", tokensOnly: true).Add(ten)).Message);
    }

    [Fact]
    public void A_broken_objective_is_blamed()
    {
        Assert.Throws<PluginException>(() => Value("accuracy", Classes([1, 0], [1])));
        Assert.Throws<PluginException>(() => Value("auroc", Binary([1, 0], [0.5f])));
        Assert.Throws<PluginException>(() => Value("auroc", Binary([2], [0.5f])));
        Assert.Throws<PluginException>(() => Value("mcc", Classes([-1], [0])));
    }

    [Fact]
    public void Loss_is_the_weighted_sum_of_means_over_all_batches()
    {
        var loss = new Loss(new());
        loss.Add(new() { Losses = [new("ce", 6, 3, 1), new("mse", 8, 2, 0.01), new("floor", 100, 1, 0)] });
        loss.Add(new() { Losses = [new("ce", 1, 1, 1), new("mse", 0, 2, 0.01)] });
        Assert.Equal(7 / 4.0 + 0.01 * 2, loss.Value, 1e-15);
        Assert.False(loss.HigherIsBetter);
    }

    [Fact]
    public void A_loss_term_can_be_asked_for()
    {
        var scored = new Scored { Losses = [new("ce", 6, 3, 1), new("copied", 10, 4, 0)] };
        var term = new Loss(new() { Term = "copied" });
        term.Add(scored);
        Assert.Equal(2.5, term.Value);
        var unknown = Assert.Throws<UsageException>(() => new Loss(new() { Term = "copyed" }).Add(scored));
        Assert.Contains("did you mean 'copied'", unknown.Message);
        Assert.Contains("ce, copied", unknown.Message);
    }

    [Fact]
    public void Perplexity_is_e_to_the_first_minimised_term()
    {
        var perplexity = new Perplexity(new());
        perplexity.Add(new() { Losses = [new("copied", 9, 1, 0), new("ce", 2 * Math.Log(8), 2, 1), new("mse", 5, 1, 0.01)] });
        Assert.Equal(8, perplexity.Value, 1e-12);
        perplexity.Add(new() { Losses = [new("ce", 0, 2, 1)] });
        Assert.Equal(Math.Sqrt(8), perplexity.Value, 1e-12);
        Assert.Equal(double.NaN, new Perplexity(new()).Value);
        Assert.Equal(double.NaN, new Loss(new()).Value);
    }

    [Fact]
    public void A_batch_without_targets_changes_nothing()
    {
        var loss = new Loss(new());
        loss.Add(new() { Losses = [new("ce", 0, 0, 1)] });
        Assert.Equal(double.NaN, loss.Value);
        loss.Add(new() { Losses = [new("ce", 3, 2, 1)] });
        Assert.Equal(1.5, loss.Value);
    }
}

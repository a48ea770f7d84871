using PluginHost.Host.Batches;
using PluginHost.Host.Scoring;
using PluginHost.Host.Tests.Checkpoints;
using PluginHost.Host.Tests.Training;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Evaluation;

/// <summary>Whether a figure can choose a model on a split, before there is one.</summary>
[Collection("libtorch")]
public sealed class DecidingFigureTests
{
    private static string? Blind(string metric, params float[][] truths) => DecidingFigure.Blind(
        () => RealMetrics.One(metric), new ScoringBatches
        {
            Source = new FakeSource([.. truths.Select(_ => 12)]), Seed = 1,
            Recipe = new() { Tokenizer = new TinyParts.Letters(), Objective = new Given(truths), MaxTokens = 64 },
        }, CancellationToken.None);

    private static float[][] Classes(params float[] classes) => [.. classes.Select(c => new[] { c })];

    [Theory]
    [InlineData("auroc")]
    [InlineData("mcc")]
    public void On_one_class_areas_and_correlations_cannot(string metric)
    {
        Assert.Equal("all its labelled samples are of the class 'no'", Blind(metric, Classes(0, 0, 0)));
        Assert.Null(Blind(metric, Classes(0, 0, 1)));
    }

    [Theory]
    [InlineData("accuracy")]
    [InlineData("loss")]
    public void What_counts_each_sample_can(string metric) => Assert.Null(Blind(metric, Classes(0, 0, 0)));

    [Theory]
    [InlineData("pearson")]
    [InlineData("r2")]
    public void On_equal_targets_correlations_cannot(string metric)
    {
        Assert.Equal("the truths of its samples do not differ", Blind(metric, [2, 5], [2, 5], [2, 5]));
        Assert.Null(Blind(metric, [2, 5], [2, 6], [2, 7]));
        Assert.Null(Blind("mse", [2, 5], [2, 5]));
    }

    [Fact]
    public void A_class_beyond_the_first_batch_is_seen() =>
        Assert.Null(Blind("auroc", Classes([.. Enumerable.Repeat(0f, 300), 1f])));

    /// <summary>An objective whose truths are given: one number is a class, several are targets.</summary>
    private sealed class Given(float[][] truths) : TinyParts.MoreAThanT
    {
        public override Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
        {
            var batch = Collation.Pad(samples, [.. samples.Select(context.Encode)], 0);
            var rows = samples.Select(s => truths[int.Parse(s.Id[1..], System.Globalization.CultureInfo.InvariantCulture)]).ToArray();
            return rows[0].Length == 1
                ? batch.Set(Keys.Class, tensor(rows.Select(r => (long)r[0]).ToArray()))
                : batch.Set(Keys.Targets, tensor([.. rows.SelectMany(r => r)], [rows.Length, rows[0].Length]));
        }
    }
}

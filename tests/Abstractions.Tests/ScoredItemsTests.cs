namespace PluginHost.Abstractions.Tests;

using static TorchSharp.torch;

/// <summary>Figures worked out by hand.</summary>
public sealed class ScoredItemsTests
{
    private static Batch Samples(int count) => new([.. Enumerable.Range(0, count).Select(i => new Sample($"s{i}", "A"))], []);

    [Fact]
    public void Classes_have_probabilities_and_a_cross_entropy_over_the_labelled()
    {
        using var batch = Samples(2).Set(Keys.Class, tensor(new[] { 1L, Keys.Ignore }));
        var scored = ScoredItems.Classes(batch, tensor(new[] { 0f, MathF.Log(3), 0f, 0f }, [2, 2]), "task");

        Assert.Equal(["s0", "s1"], scored.Ids);
        Assert.Equal([1, 0], scored.Predicted!);
        Assert.Equal([1, (int)Keys.Ignore], scored.Labels!);
        Assert.Equal(0.75, scored.Probabilities![0, 1], 6);
        var loss = Assert.Single(scored.Losses);
        Assert.Equal(("task", 1L, 1.0), (loss.Name, loss.Count, loss.Weight));
        Assert.Equal(-Math.Log(0.75), loss.Sum, 6);
    }

    [Fact]
    public void Values_have_the_squared_error_over_the_known_or_a_loss_of_ones_own()
    {
        using var batch = Samples(2).Set(Keys.Targets, tensor(new[] { 1f, float.NaN, 2f, 4f }, [2, 2]));
        var values = tensor(new[] { 3f, 9f, 2f, 1f }, [2, 2]);

        var squared = Assert.Single(ScoredItems.Values(batch, values, "task").Losses);
        Assert.Equal((13.0, 3L), (squared.Sum, squared.Count));
        var absolute = Assert.Single(ScoredItems.Values(batch, values, "task", (output, target) => Math.Abs(output - target)).Losses);
        Assert.Equal(5.0, absolute.Sum);
    }

    [Fact]
    public void Values_without_a_truth_are_predictions_alone()
    {
        using var batch = Samples(1).Set(Keys.Targets, tensor(new[] { float.NaN }, [1, 1]));
        var scored = ScoredItems.Values(batch, tensor(new[] { 3f }, [1, 1]), "task");
        Assert.Null(scored.Targets);
        Assert.Empty(scored.Losses);
        Assert.Equal(3f, scored.Outputs![0, 0]);
    }

    [Fact]
    public void Labels_have_a_binary_cross_entropy()
    {
        var loss = Assert.Single(ScoredItems.Labels(["a"], new[,] { { 0.8f, 0.4f, 0.5f } }, new[,] { { 1f, 0f, float.NaN } }, "task")
            .Losses);
        Assert.Equal(2, loss.Count);
        Assert.Equal(-Math.Log(0.8) - Math.Log(0.6), loss.Sum, 6);
    }

    [Fact]
    public void Tokens_are_scored_where_they_are_asked_for()
    {
        using var batch = Samples(2).Set(Keys.InputIds, zeros([2, 2], ScalarType.Int64)).Set(Keys.Positions, tensor(new[] { 0L, 1L, 3L }))
            .Set(Keys.PositionLabels, tensor(new[] { 0L, Keys.Ignore, 1L }));
        var scored = ScoredItems.Tokens(batch, tensor(new[] { MathF.Log(4), 0f, 0f, 9f, 1f, 0f }, [3, 2]), "task");

        Assert.Equal([0, 1], scored.Labels!);
        Assert.Equal([0, 0], scored.Predicted!);
        var loss = Assert.Single(scored.Losses);
        Assert.Equal(2, loss.Count);
        Assert.Equal(-Math.Log(0.8) - Math.Log(1 / (1 + Math.E)), loss.Sum, 5);
        Assert.Equal([1L, 1L], scored.RowLosses.Select(row => Assert.Single(row).Count));
        Assert.Equal(-Math.Log(0.8), scored.RowLosses[0][0].Sum, 5);
    }
}

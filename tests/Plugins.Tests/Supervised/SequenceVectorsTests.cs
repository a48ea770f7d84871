using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.Tests.Supervised;

using static TorchSharp.torch;

/// <summary>Means and greatest values over sequences and their parts, of hidden states that are token numbers.</summary>
[Collection(TorchCollection.Name)]
public sealed class SequenceVectorsTests
{
    [Theory]
    [InlineData(4, 2, new[] { 0.5f, 2.5f })]
    [InlineData(5, 2, new[] { 1f, 3.5f })]
    [InlineData(5, 5, new[] { 0f, 1f, 2f, 3f, 4f })]
    // Fewer tokens than parts: those without any are zero.
    [InlineData(2, 4, new[] { 0f, 0f, 1f, 0f })]
    public void Parts_are_equal_whatever_the_length_and_the_padding(int tokens, int parts, float[] expected)
    {
        using var scope = NewDisposeScope();
        var hidden_BTD = arange(8, ScalarType.Float32).view(1, 8, 1);
        var counted_BT = (arange(8) < tokens).unsqueeze(0);
        Assert.Equal(expected, SequenceVectors.OfParts(hidden_BTD, counted_BT, parts).data<float>().ToArray());
        Assert.Equal((tokens - 1) / 2f, SequenceVectors.Whole(hidden_BTD, counted_BT).item<float>());
    }

    [Fact]
    public void The_greatest_is_over_tokens_that_count_and_zero_where_none_does()
    {
        using var scope = NewDisposeScope();
        var hidden_BTD = tensor(new[] { -5f, 9f, -3f, -4f, -2f, 7f, -1f, 8f, -9f, -9f, -9f, -9f }, [2, 3, 2]);
        hidden_BTD[0, 2, 1] = float.NaN;
        var counted_BT = tensor(new[] { true, true, false, false, false, false }).view(2, 3);
        Assert.Equal([-3f, 9f, 0f, 0f], SequenceVectors.Greatest(hidden_BTD, counted_BT).data<float>().ToArray());
    }

    [Fact]
    public void Tokens_that_do_not_count_are_skipped_wherever_they_stand()
    {
        using var scope = NewDisposeScope();
        var hidden_BTD = arange(6, ScalarType.Float32).view(1, 6, 1);
        var counted_BT = tensor(new[] { false, true, true, true, true, false }).unsqueeze(0);
        Assert.Equal([1.5f, 3.5f], SequenceVectors.OfParts(hidden_BTD, counted_BT, 2).data<float>().ToArray());
    }
}

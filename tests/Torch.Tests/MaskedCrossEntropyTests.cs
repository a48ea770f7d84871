using PluginHost.Torch;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>The sum over positions that have a target, against sums worked one by one.</summary>
public sealed class MaskedCrossEntropyTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Positions_without_a_target_do_not_count_in_value_or_gradient(ScalarType type)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var logits = randn(2, 3, 5).to(type).requires_grad_();
        var targets = tensor(new long[] { 1, -7, 4, -7, 0, 2 }, [2, 3]);
        var weight = tensor(new[] { 1f, 2f, 0.5f, 1f, 3f });

        var sum = Extras.masked_cross_entropy(logits, targets, -7, weight);
        sum.backward();

        var shares = logits.detach().to(ScalarType.Float32).reshape(6, 5).softmax(1).data<float>().ToArray();
        var (expected, classes) = (0.0, targets.flatten().data<long>().ToArray());
        for (var i = 0; i < 6; i++)
            if (classes[i] >= 0) expected -= weight[classes[i]].item<float>() * Math.Log(shares[(i * 5) + classes[i]]);
        Assert.Equal(expected, sum.item<float>(), 1e-4);
        Assert.Equal((ScalarType.Float32, type), (sum.dtype, logits.grad!.dtype));
        Assert.False(logits.grad[0, 1].any().item<bool>());
        Assert.True(logits.grad[0, 0].any().item<bool>());
    }

    [Fact]
    public void Without_any_target_the_sum_is_zero()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0f, Extras.masked_cross_entropy(randn(4, 3), full([4], -100, ScalarType.Int64)).item<float>());
    }
}

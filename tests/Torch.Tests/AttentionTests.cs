using PluginHost.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Attention against attention written with single operators.</summary>
public sealed class AttentionTests
{
    private static Tensor Plain(Tensor query, Tensor key, Tensor value, Tensor? mask, double scale)
    {
        var scores = query.matmul(key.transpose(-2, -1)) * scale;
        return (mask is null ? scores : scores + mask).softmax(-1).matmul(value);
    }

    private static Tensor[] Inputs(int queries, int keys) =>
        [randn(2, 3, queries, 5).requires_grad_(true), randn(2, 3, keys, 5).requires_grad_(true),
            randn(2, 3, keys, 4).requires_grad_(true)];

    [Theory]
    [InlineData(7, 9, true, 0)]
    [InlineData(1, 1, false, 0)]
    [InlineData(7, 9, true, 1e-12)]
    [InlineData(5, 9, false, 1e-12)]
    // Several pieces: six heads of 1,100 x 1,000 scores are more than are computed at a time.
    [InlineData(1100, 1000, true, 1e-12)]
    public void It_equals_single_operators_with_every_gradient(int queries, int keys, bool masked, double dropped)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var inputs = Inputs(queries, keys);
        var mask = masked ? rand(2, 1, 1, keys).lt(0.3).to(ScalarType.Float32) * -1e30 : null;
        var weight = randn(2, 3, queries, 4);
        Tensor[] Results(Func<Tensor, Tensor, Tensor, Tensor?, Tensor> attention)
        {
            var result = attention(inputs[0], inputs[1], inputs[2], mask);
            return [result.detach(), .. autograd.grad([(result * weight).sum()], inputs)];
        }
        // The smallest share takes the way of dropout and drops nothing.
        var (pieces, plain) = (Results((q, k, v, m) => Attend(q, k, v, m, dropped)), Results((q, k, v, m) => Plain(q, k, v, m, 0.7)));
        static Tensor Attend(Tensor q, Tensor k, Tensor v, Tensor? m, double p) =>
            p > 0 ? DroppedAttention.Apply(q, k, v, m, p, 0.7) : Extras.attention(q, k, v, m, 0, 0.7);
        foreach (var (ours, expected) in pieces.Zip(plain))
            Assert.True((ours - expected).abs().max().item<float>() < 1e-4f * (1 + expected.abs().max().item<float>()));
    }

    [Theory]
    [InlineData(40, 60)]
    [InlineData(1100, 1000)]
    public void With_dropout_every_gradient_is_that_of_single_operators_under_the_same_mask(int queries, int keys)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var inputs = Inputs(queries, keys);
        var weight = randn(2, 3, queries, 4);
        manual_seed(9);
        var seed = RandomState.Draw();
        manual_seed(9);
        var ours = Results(DroppedAttention.Apply(inputs[0], inputs[1], inputs[2], null, 0.4, 0.7));

        var shares = (inputs[0].matmul(inputs[1].transpose(-2, -1)) * 0.7).softmax(-1);
        // Pieces of as many queries as four million scores take.
        var step = Math.Max(1, (1 << 22) / (6 * keys));
        var masks = new List<Tensor>();
        for (var start = 0; start < queries; start += step)
            masks.Add(CounterDropout.Composite(ones(2, 3, Math.Min(step, queries - start), keys), 0.4, seed + (ulong)start));
        var expected = Results((shares * cat(masks, -2)).matmul(inputs[2]));
        foreach (var (one, other) in ours.Zip(expected))
            Assert.True((one - other).abs().max().item<float>() < 1e-4f * (1 + other.abs().max().item<float>()));

        Tensor[] Results(Tensor result) => [result.detach(), .. autograd.grad([(result * weight).sum()], inputs)];
    }

    [Fact]
    public void Few_scores_and_many_take_different_ways_of_the_same_result()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var inputs = Inputs(30, 40);
        Assert.False(DroppedAttention.IsLarge(inputs[0], inputs[1]));
        Assert.True(DroppedAttention.IsLarge(zeros(1, 8, 1024, 1), zeros(1, 8, 1024, 1)));
        var mask = randn(2, 1, 1, 40);
        Close.To(
            DroppedAttention.Apply(inputs[0], inputs[1], inputs[2], mask, 1e-12, 0.3),
            DroppedAttention.Plain(inputs[0], inputs[1], inputs[2], mask, 1e-12, 0.3));
    }

    [Fact]
    public void Dropout_is_drawn_anew_and_its_gradient_is_that_of_the_same_draw()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var inputs = Inputs(40, 60);
        var weight = randn(2, 3, 40, 4);
        Tensor Loss(Tensor value)
        {
            manual_seed(9);
            return (Extras.attention(inputs[0], inputs[1], value, null, 0.4) * weight).sum();
        }
        var gradient = autograd.grad([Loss(inputs[2])], [inputs[2]])[0];
        // The output is linear in the values, so a step along any direction changes it by exactly the gradient's share.
        var direction = randn(2, 3, 60, 4);
        var change = (Loss(inputs[2] + direction) - Loss(inputs[2])).item<float>();
        Assert.Equal((gradient * direction).sum().item<float>(), change, 0.02f);
        Assert.False(Extras.attention(inputs[0], inputs[1], inputs[2], null, 0.4)
            .Equals(Extras.attention(inputs[0], inputs[1], inputs[2], null, 0.4)));
    }

    [Fact]
    public void A_mask_of_every_pair_is_cut_with_the_queries()
    {
        using var scope = NewDisposeScope();
        var inputs = Inputs(1100, 1000);
        var mask = randn(1, 3, 1100, 1000);
        var expected = Plain(inputs[0], inputs[1], inputs[2], mask, 1);
        Assert.True((DroppedAttention.Apply(inputs[0], inputs[1], inputs[2], mask, 1e-12, 1) - expected).abs().max().item<float>() < 1e-4f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void It_runs_in_bfloat16_autocast(double dropped)
    {
        using var scope = NewDisposeScope();
        var inputs = Inputs(30, 40);
        var expected = Plain(inputs[0], inputs[1], inputs[2], null, 1 / Math.Sqrt(5));
        using var _ = Autocast.Enter(CPU, ScalarType.BFloat16);
        var half = inputs.Select(t => t.to(ScalarType.BFloat16)).ToArray();
        var result = Extras.attention(half[0], half[1], half[2], null, dropped);
        result.sum().backward();
        Assert.True(dropped > 0 || (result.to(ScalarType.Float32) - expected).abs().max().item<float>() < 0.1f);
        Assert.All(inputs, t => Assert.True(t.grad!.isfinite().all().item<bool>()));
    }
}

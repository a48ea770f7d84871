using PluginHost.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Counter-based dropout: statistics, determinism and gradients.</summary>
public sealed class DropoutTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Drops_the_asked_share_and_keeps_the_mean(double p)
    {
        const int count = 1_000_000;
        using var scope = NewDisposeScope();
        var output = Extras.dropout(ones(count), p, true, 42);
        var dropped = output.eq(0).sum().item<long>() / (double)count;
        // Five standard deviations of a fair draw.
        Assert.InRange(dropped, p - (5 * Math.Sqrt(p * (1 - p) / count)), p + (5 * Math.Sqrt(p * (1 - p) / count)));
        Assert.Equal((float)(1 / (1 - p)), output.max().item<float>(), 4);
        Assert.InRange(output.mean().item<float>(), 0.98, 1.02);
    }

    [Fact]
    public void Neighbours_and_seeds_are_independent()
    {
        using var scope = NewDisposeScope();
        var a = Extras.dropout(ones(1 << 20), 0.5, true, 1).ne(0).to(ScalarType.Float64) - 0.5;
        var b = Extras.dropout(ones(1 << 20), 0.5, true, 2).ne(0).to(ScalarType.Float64) - 0.5;
        foreach (var lag in new[] { 1, 2, 32, 4096 })
            Assert.InRange((a.narrow(0, 0, (1 << 20) - lag) * a.narrow(0, lag, (1 << 20) - lag)).mean().item<double>() * 4, -0.005, 0.005);
        Assert.InRange((a * b).mean().item<double>() * 4, -0.005, 0.005);
    }

    [Fact]
    public void The_mask_depends_on_the_seed_alone()
    {
        var before = Threads.Count;
        try
        {
            using var x = randn(64, 1000);
            Threads.Count = 1;
            using var one = Extras.dropout(x, 0.3, true, 9);
            Threads.Count = 4;
            using var four = Extras.dropout(x, 0.3, true, 9);
            Assert.True(one.Equals(four));
            using var other = Extras.dropout(x, 0.3, true, 10);
            Assert.False(one.Equals(other));
        }
        finally
        {
            Threads.Count = before;
        }
    }

    [Fact]
    public void The_default_generator_seeds_it()
    {
        using var x = ones(1000);
        manual_seed(3);
        var first = Extras.dropout(x, 0.5);
        var second = Extras.dropout(x, 0.5);
        manual_seed(3);
        Assert.True(Extras.dropout(x, 0.5).Equals(first));
        Assert.False(first.Equals(second));
    }

    [Fact]
    public void The_gradient_uses_the_same_mask()
    {
        using var scope = NewDisposeScope();
        var x = randn(3, 500).requires_grad_();
        var output = Extras.dropout(x, 0.25, true, 77);
        output.sum().backward();
        Assert.True(x.grad!.allclose(Extras.dropout(ones(3, 500), 0.25, true, 77)));
        Assert.True((x.detach() * x.grad).allclose(output.detach()));
        var again = autograd.grad([Extras.dropout(x, 0.25, true, 77).pow(2).sum()], [x], create_graph: true)[0];
        again.sum().backward();
        Assert.NotNull(x.grad);
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void Other_types_get_the_same_mask(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var plain = Extras.dropout(ones(5000), 0.2, true, 4);
        var typed = Extras.dropout(ones(5000, type), 0.2, true, 4);
        Assert.Equal(type, typed.dtype);
        Assert.True(typed.ne(0).Equals(plain.ne(0)));
        Assert.Equal(1.25, typed.max().to(ScalarType.Float64).item<double>(), 6);
    }

    [Fact]
    public void The_module_drops_in_training_only()
    {
        using var module = new FastDropout(0.5);
        using var x = ones(1000);
        Assert.False(module.call(x).Equals(x));
        module.eval();
        Assert.True(module.call(x).Equals(x));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FastDropout(1.5));
    }

    [Fact]
    public void Ends_of_the_range_are_exact()
    {
        using var x = randn(100);
        Assert.True(Extras.dropout(x, 0, true, 1).Equals(x));
        Assert.Equal(0f, Extras.dropout(x, 1, true, 1).abs().sum().item<float>());
    }
}

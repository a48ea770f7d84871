using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>The fused optimizer and its single operators take the same steps, state and skipped steps included.</summary>
public sealed class OptimizerFallbackTests
{
    [Fact]
    public void Kernel_and_single_operators_agree()
    {
        Assert.True(FusedAdamW.IsFused);
        using var scope = NewDisposeScope();
        manual_seed(8);
        var start = new[] { randn(70, 90), randn(33) };
        var (fused, composite) = (Parameters(start), Parameters(start));
        using var first = Of(fused, false);
        using var second = Of(composite, true);
        for (var step = 0; step < 6; step++)
        {
            var gradients = start.Select(s => step == 3 ? full_like(s, float.PositiveInfinity) : randn_like(s)).ToArray();
            for (var i = 0; i < 2; i++)
            {
                fused[i].grad = gradients[i].clone();
                composite[i].grad = gradients[i].clone();
            }

            Close.To(second.Step(1.5, 0.25), first.Step(1.5, 0.25), what: $"norm {step}");
            for (var i = 0; i < 2; i++) Close.To(composite[i].detach(), fused[i].detach(), 1e-5, 1e-6, $"parameter {i} after step {step}");
        }

        var (one, other) = (first.State(), second.State());
        Assert.Equal(5, one["0.step"].item<long>());
        foreach (var (name, value) in one) Close.To(other[name], value, 1e-5, 1e-7, name);
    }

    [Fact]
    public void The_norm_of_many_chunks_equals_single_operators()
    {
        using var scope = NewDisposeScope();
        Tensor[] gradients = [randn(123_457), randn(7), randn(300, 1000), zeros(0)];
        Assert.True(GradientNorm.Takes(gradients));
        Assert.Equal(1, GradientNorm.Of(gradients) / GradientNorm.Composite(gradients).item<float>(), 1e-5);
    }

    private static Parameter[] Parameters(Tensor[] start) => [.. start.Select(s => new Parameter(s.clone()))];

    private static FusedAdamW Of(Parameter[] parameters, bool composite) => new(
        [
            new FusedAdamW.Group([("0", parameters[0])]) { LearningRate = 1e-2, WeightDecay = 0.1 },
            new FusedAdamW.Group([("1", parameters[1])]) { LearningRate = 3e-3 },
        ],
        0.9, 0.95)
    { Composite = composite };
}

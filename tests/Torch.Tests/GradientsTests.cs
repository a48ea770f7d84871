using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Torch.Tests;

public sealed class GradientsTests
{
    private static Parameter[] Start()
    {
        manual_seed(4);
        return [new Parameter(randn(300, 40)), new Parameter(randn(7))];
    }

    private static Tensor[] Gradients(Parameter[] parameters, int step)
    {
        manual_seed(step);
        foreach (var parameter in parameters) parameter.grad = randn(parameter.shape);
        return Array.ConvertAll(parameters, static p => p.grad!);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1e6)]
    [InlineData(double.PositiveInfinity)]
    public void Clipping_and_a_step_after_it_equal_a_step_that_clips_bit_for_bit(double maxNorm)
    {
        var (together, apart) = (Start(), Start());
        using var one = new FusedAdamW(together.Select((p, i) => ($"{i}", p)));
        using var two = new FusedAdamW(apart.Select((p, i) => ($"{i}", p)));
        for (var step = 0; step < 4; step++)
        {
            Gradients(together, step);
            using var expected = one.Step(maxNorm);
            using var norm = PluginHost.Torch.Gradients.Clip(Gradients(apart, step), maxNorm, out var broken);
            two.Update();
            Assert.False(broken);
            Assert.Equal(expected.item<float>(), norm.item<float>());
        }

        foreach (var (a, b) in together.Zip(apart)) Assert.True(a.Equals(b));
    }

    [Fact]
    public void Gradients_above_the_norm_are_scaled_to_it_and_others_stay()
    {
        Tensor[] gradients = [full(4, 3f), zeros(2)];
        using (PluginHost.Torch.Gradients.Clip(gradients, 10, out _)) Assert.Equal(3f, gradients[0][0].item<float>());
        using (PluginHost.Torch.Gradients.Clip(gradients, 2, out _)) Assert.Equal(1f, gradients[0][0].item<float>(), 5);
    }

    [Fact]
    public void A_norm_that_is_not_finite_is_told_and_changes_nothing()
    {
        Tensor[] gradients = [ones(3), full(1, float.PositiveInfinity)];
        using var norm = PluginHost.Torch.Gradients.Clip(gradients, 1, out var broken);

        Assert.True(broken);
        Assert.Equal(float.PositiveInfinity, norm.item<float>());
        Assert.True(gradients[0].Equals(ones(3)));
    }

    [Fact]
    public void No_gradients_have_no_norm()
    {
        using var norm = PluginHost.Torch.Gradients.Clip([], 1, out var broken);
        Assert.Equal((0f, false), (norm.item<float>(), broken));
    }
}

using PluginHost.Torch;
using PluginHost.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Dropout's kernel and its single operators give the same bits; what it hands back is freed.</summary>
public sealed class DropoutFallbackTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 10_007)]
    [InlineData(ScalarType.Float64, 4_097)]
    [InlineData(ScalarType.BFloat16, 9_001)]
    [InlineData(ScalarType.Float32, 1)]
    public void Kernel_and_single_operators_agree_in_value_and_gradient(ScalarType type, int count)
    {
        Assert.True(DropoutKernel.IsAvailable);
        using var scope = NewDisposeScope();
        var input = randn(count, ScalarType.Float32).to(type).requires_grad_();
        var output = Extras.dropout(input, 0.3, true, 12);
        output.to(ScalarType.Float32).sum().backward();
        using (no_grad())
        {
            // Both multiply in float32 and round once, by factors that the type of the product may round differently.
            var rounding = type == ScalarType.BFloat16 ? 0.01 : 1e-6;
            Close.To(CounterDropout.Composite(input, 0.3, 12), output.detach(), rounding, 0);
            Assert.True(CounterDropout.Composite(input, 0.3, 12).ne(0).Equals(output.ne(0)));
            Close.To(CounterDropout.Composite(ones_like(input), 0.3, 12), input.grad!, rounding, 0);
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, 10_007)]
    [InlineData(ScalarType.BFloat16, 9_001)]
    public void Dropout_and_sum_in_one_pass_equal_the_two_apart(ScalarType type, int count)
    {
        using var scope = NewDisposeScope();
        var (input, residual, weight) = (randn(count).to(type).requires_grad_(), randn(count).requires_grad_(), randn(count));
        Assert.True(DropoutAdd.Fits(input, residual));
        var results = new List<Tensor[]>();
        foreach (var one in (bool[])[true, false])
        {
            var sum = one ? Extras.dropout_add(input, residual, 0.3, true, 12)
                : Extras.dropout(input, 0.3, true, 12).to_type(ScalarType.Float32) + residual;
            Assert.Equal(ScalarType.Float32, sum.dtype);
            results.Add([sum.detach(), .. autograd.grad([(sum * weight).sum()], [input, residual])]);
        }

        // In one pass the product is not rounded to the input's type before the sum, nor its gradient before the product.
        var rounding = type == ScalarType.BFloat16 ? 0.01 : 1e-6;
        foreach (var (ours, apart) in results[0].Zip(results[1])) Close.To(apart, ours, rounding, rounding);
        Assert.True(Extras.dropout_add(input, residual, 0.3, training: false).Equals(input + residual));
        Assert.True(Extras.dropout_add(input, residual.to_type(ScalarType.Float64), 0.3).dtype == ScalarType.Float64);
    }

    [Fact]
    public void Values_that_are_not_numbers_stay_what_they_are()
    {
        using var scope = NewDisposeScope();
        var input = full(100, float.NaN).to(ScalarType.BFloat16);
        var output = Extras.dropout(input, 0.5, true, 3).to(ScalarType.Float32);
        Assert.True((output.isnan() | output.eq(0)).all().item<bool>());
        Assert.True(Extras.dropout(full(64, float.PositiveInfinity), 0.1, true, 3).isinf().any().item<bool>());
    }

    [Fact]
    public void Other_element_types_and_strided_inputs_are_taken()
    {
        using var scope = NewDisposeScope();
        var strided = randn(50, 40).t();
        Assert.True(Extras.dropout(strided, 0.2, true, 5).Equals(Extras.dropout(strided.contiguous(), 0.2, true, 5)));
        var half = Extras.dropout(ones(1000).to(ScalarType.Float16), 0.5, true, 5);
        Assert.True(half.ne(0).Equals(Extras.dropout(ones(1000), 0.5, true, 5).ne(0)));
    }

    [Fact]
    public void A_gradient_in_use_is_not_freed_by_the_next_pass()
    {
        using var scope = NewDisposeScope();
        var input = randn(64, 64).requires_grad_();
        var chain = input;
        for (var i = 0; i < 6; i++) chain = Extras.dropout(chain, 0.1, true, i);
        chain.sum().backward();
        var expected = ones(64, 64);
        for (var i = 0; i < 6; i++) expected = Extras.dropout(expected, 0.1, true, i);
        Close.To(expected, input.grad!);
    }
}

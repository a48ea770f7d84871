using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>What is no operator: recording, gradients of gradients, modes.</summary>
public sealed class AutogradTests
{
    [Fact]
    public void Nothing_is_recorded_without_grad()
    {
        using var x = ones(2).requires_grad_();
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Inference_tensors_never_join_a_graph()
    {
        using var x = ones(2).requires_grad_();
        Tensor made;
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            made = x * 2;
        }

        Assert.False(is_inference_mode_enabled());
        Assert.False(made.requires_grad);
    }

    [Fact]
    public void Second_derivatives_can_be_taken()
    {
        using var x = tensor(3.0).requires_grad_();
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];
        Assert.Equal(27.0, first.item<double>(), 9);
        Assert.Equal(18.0, second.item<double>(), 9);
        Assert.Null(x.grad);
    }

    [Fact]
    public void Gradients_accumulate_until_cleared()
    {
        using var x = ones(2).requires_grad_();
        (x * 3).sum().backward();
        (x * 4).sum().backward();
        Assert.Equal(7f, x.grad![0].item<float>());
        x.grad = null;
        Assert.Null(x.grad);
        var y = x * x;
        y.sum().backward(retain_graph: true);
        y.sum().backward();
        Assert.Equal(4f, x.grad![0].item<float>());
    }

    [Fact]
    public void A_graph_used_twice_says_so()
    {
        using var x = ones(2).requires_grad_();
        var y = x.exp().sum();
        y.backward();
        Assert.Contains("backward through the graph a second time", Assert.ThrowsAny<Exception>(() => y.backward()).Message);
    }

    [Fact]
    public void An_unused_input_is_null_when_allowed()
    {
        using var x = ones(1).requires_grad_();
        using var unused = ones(1).requires_grad_();
        Assert.Null(autograd.grad([x.sum()], [unused], allow_unused: true)[0]);
        Assert.ThrowsAny<Exception>(() => autograd.grad([x.sum()], [unused]));
    }

    [Fact]
    public void Anomalies_name_the_function()
    {
        using var x = zeros(1).requires_grad_();
        using var mode = autograd.detect_anomaly();
        var error = Assert.ThrowsAny<Exception>(() => ((x * 0) / x).sum().backward());
        Assert.Contains("nan values", error.Message);
    }

    [Fact]
    public async Task Threads_can_run_backward_at_once()
    {
        var sums = await Task.WhenAll(Enumerable.Range(1, 4).Select(n => Task.Run(() =>
        {
            var total = 0f;
            for (var i = 0; i < 50; i++)
            {
                using var scope = NewDisposeScope();
                var x = full([4], n).to(ScalarType.Float32).requires_grad_();
                (x * x).sum().backward();
                total += x.grad!.sum().item<float>();
            }

            return total;
        })));
        Assert.Equal([400f, 800f, 1200f, 1600f], sums);
    }

    [Fact]
    public void A_leaf_that_learns_cannot_be_changed_in_place()
    {
        using var x = ones(2).requires_grad_();
        Assert.ThrowsAny<System.Runtime.InteropServices.ExternalException>(() => x.add_(1));
        using (no_grad()) _ = x.add_(1);
        Assert.Equal(4f, x.sum().item<float>());
    }
}

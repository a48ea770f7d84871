using PluginHost.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Tensors are freed when they should be, and never while libtorch works on them.</summary>
public sealed class LifetimeTests
{
    [Fact]
    public async Task Temporaries_survive_collections_during_native_calls()
    {
        using var stop = new CancellationTokenSource();
        var collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        var wrong = 0;
        for (var i = 0; i < 400; i++)
        {
            // No name keeps either operand alive past the start of its call.
            var product = ones(24, 24).matmul(full(24, 24, 2f)) + full(24, 24, 1f);
            if (product[3, 4].item<float>() != 49f) wrong++;
        }

        await stop.CancelAsync();
        await collector;
        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task Lists_of_tensors_survive_collections_too()
    {
        using var stop = new CancellationTokenSource();
        var collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) GC.Collect();
        });
        for (var i = 0; i < 200; i++)
        {
            var joined = cat([.. Enumerable.Range(0, 40).Select(n => full(8, n))]);
            Assert.Equal(8 * 39 * 40 / 2, joined.sum().item<long>());
        }

        await stop.CancelAsync();
        await collector;
    }

    [Fact]
    public void A_scope_frees_what_was_made_inside_and_spares_what_left()
    {
        Tensor inner, kept;
        using (var scope = NewDisposeScope())
        {
            inner = zeros(3);
            kept = scope.MoveToOuter(ones(3));
            Assert.True(scope.DisposablesCount >= 1);
        }

        Assert.True(inner.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void Scopes_nest_and_detach()
    {
        Tensor toMiddle, detached;
        using (var outer = NewDisposeScope())
        {
            using (var middle = NewDisposeScope())
            {
                using (NewDisposeScope())
                {
                    toMiddle = zeros(1).MoveToOuterDisposeScope();
                    detached = zeros(1).DetachFromDisposeScope();
                }

                Assert.False(toMiddle.IsInvalid);
                Assert.Contains(toMiddle, middle.DisposablesView);
            }

            Assert.True(toMiddle.IsInvalid);
            Assert.Same(outer, CurrentDisposeScope);
        }

        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void A_scope_may_close_before_its_inner_scope()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        var tensor = zeros(1);
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.True(tensor.IsInvalid);
        Assert.NotSame(inner, CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => outer.DisposablesCount);
    }

    [Fact]
    public void Everything_but_some_is_disposed()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (zeros(1), zeros(1));
        scope.DisposeEverythingBut(b);
        Assert.True(a.IsInvalid);
        Assert.False(b.IsInvalid);
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var tensor = zeros(2);
        tensor.Dispose();
        tensor.Dispose();
        var error = Assert.Throws<ObjectDisposedException>(() => tensor + 1);
        Assert.Contains("disposed", error.Message);
    }

    [Fact]
    public void An_alias_outlives_its_source()
    {
        var tensor = ones(2);
        using var alias = tensor.alias();
        tensor.Dispose();
        Assert.Equal(2f, alias.sum().item<float>());
    }

    [Fact]
    public void An_array_is_shared_and_held_by_its_tensor()
    {
        var array = new float[] { 1, 2, 3 };
        using var shared = from_array(array);
        array[1] = 5;
        Assert.Equal(9f, shared.sum().item<float>());
        _ = shared.add_(1);
        Assert.Equal([2f, 6f, 4f], array);
        using var copied = tensor(array);
        array[0] = 100;
        Assert.Equal(12f, copied.sum().item<float>());
    }

    [Fact]
    public void In_place_operations_return_their_own_object()
    {
        using var tensor = ones(3);
        Assert.Same(tensor, tensor.add_(1).mul_(2).clamp_(0, 3));
        Assert.Equal(9f, tensor.sum().item<float>());
    }

    [Fact]
    public async Task Threads_have_scopes_of_their_own()
    {
        using var scope = NewDisposeScope();
        var other = await Task.Factory.StartNew(() => (Scope: CurrentDisposeScope, Tensor: zeros(1)), TaskCreationOptions.LongRunning);
        Assert.Null(other.Scope);
        scope.DisposeEverything();
        Assert.False(other.Tensor.IsInvalid);
        other.Tensor.Dispose();
    }
}

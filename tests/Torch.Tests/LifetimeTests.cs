using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Temporaries survive collections that come while libtorch reads them.</summary>
public sealed class LifetimeTests
{
    private static async Task<int> Wrong(int times, Func<bool> isRight)
    {
        using var stop = new CancellationTokenSource();
        var collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
                // Freed memory is used again at once, or what is gone would only seem to survive.
                for (var i = 0; i < 50; i++) _ = (Scalar)(-1.0);
            }
        });
        try
        {
            return Enumerable.Range(0, times).Count(_ => !isRight());
        }
        finally
        {
            await stop.CancelAsync();
            await collector;
        }
    }

    [Fact]
    public async Task Numbers_are_not_freed_under_the_hands_of_a_product()
    {
        using var x = ones(64);
        Assert.Equal(0, await Wrong(20_000, () =>
        {
            using var scope = NewDisposeScope();
            return ((x * 2.0) + 3.0)[5].item<float>() == 5f;
        }));
    }

    [Fact]
    public async Task Nor_are_tensors_that_no_scope_holds() => Assert.Equal(0, await Wrong(40_000, () =>
    {
        // No name keeps either operand alive past the start of its call.
        var product = ones(24, 24).matmul(full(24, 24, 2f)) + full(24, 24, 1f);
        return product[3, 4].item<float>() == 49f;
    }));

    [Fact]
    public async Task Nor_those_of_a_list() => Assert.Equal(0, await Wrong(500, () =>
        cat([.. Enumerable.Range(0, 40).Select(n => full(8, (float)n))]).sum().item<float>() == 8 * 39 * 40 / 2));

    [Fact]
    public void What_is_disposed_of_is_freed_at_once()
    {
        var before = Tensor.TotalCount;
        for (var i = 0; i < 1000; i++) zeros(1 << 20).Dispose();
        Assert.Equal(before, Tensor.TotalCount);
        Assert.True(PluginHost.Torch.Hardware.ResidentBytes < 2L << 30, "4 GB would be held otherwise");
    }
}

using PluginHost.Torch;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Large blocks are kept for reuse, within bounds. Runs alone: the cache is the process's.</summary>
[Collection(MemoryTests.Alone)]
public sealed class CpuMemoryTests : IDisposable
{
    private const int Mebi = 1 << 20;

    public CpuMemoryTests() => CpuMemory.EmptyCache();

    public void Dispose() => CpuMemory.EmptyCache();

    private static (long Used, long Kept, long Peak) Blocks => CpuMemory.Blocks!.Value;

    [Fact]
    public void A_freed_block_is_taken_again()
    {
        var used = Blocks.Used;
        var first = zeros(4 * Mebi);
        Assert.InRange(Blocks.Used - used, 16 * Mebi, 18 * Mebi);
        first.Dispose();
        Assert.Equal(used, Blocks.Used);
        Assert.InRange(Blocks.Kept, 16 * Mebi, 18 * Mebi);
        // A little smaller fits too.
        using var second = ones(4 * Mebi - 1000);
        Assert.Equal(0, Blocks.Kept);
        Assert.Equal(4 * Mebi - 1000, second.sum().item<float>());
    }

    [Fact]
    public void What_is_kept_stays_within_a_quarter_of_the_peak()
    {
        for (var i = 0; i < 40; i++)
        {
            using var tensor = empty((20 + 3 * i) * Mebi / 4);
            var (used, kept, peak) = Blocks;
            Assert.True(used + kept <= Math.Max(peak + peak / 4, used + 64 * Mebi), $"{used} {kept} {peak}");
        }

        CpuMemory.EmptyCache();
        Assert.Equal(0, Blocks.Kept);
    }

    [Fact]
    public async Task Blocks_pass_between_threads()
    {
        var tasks = Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            for (var round = 0; round < 50; round++)
            {
                using var tensor = full((1 + i) * Mebi / 2, (float)i);
                using var sum = tensor.mean();
                if (Math.Abs(sum.item<float>() - i) > 1e-3) return false;
            }

            return true;
        }));
        Assert.All(await Task.WhenAll(tasks), Assert.True);
    }
}

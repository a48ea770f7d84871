using PluginHost.Torch;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>What tensors free is kept for the next, and can be given back. Runs alone: memory is the process's.</summary>
[Collection(MemoryTests.Alone)]
public sealed class CpuMemoryTests
{
    [Fact]
    public void Freed_memory_is_used_again_and_given_back_on_request()
    {
        Assert.SkipUnless(CpuMemory.IsKept, "freed memory is not kept here: no glibc, or PLUGINHOST_CPU_CACHE=0");
        Fill();
        var kept = Hardware.ResidentBytes;
        for (var i = 0; i < 20; i++) Fill();
        Assert.True(Hardware.ResidentBytes < kept + (100L << 20), "twenty times as much was used at no time");
        Assert.True(CpuMemory.EmptyCache());
        Assert.True(Hardware.ResidentBytes < kept - (100L << 20), $"{kept - Hardware.ResidentBytes:N0} bytes given back");

        static void Fill()
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < 20; i++) _ = ones(2 << 20); // 8 MiB each
        }
    }
}

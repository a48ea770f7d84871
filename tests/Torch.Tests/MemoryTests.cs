using PluginHost.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>Runs with nothing beside it, because it measures the whole process.</summary>
[Collection(Alone)]
public class MemoryTests
{
    public const string Alone = "Measures the process";

    [Fact]
    public void Training_for_thousands_of_steps_leaves_memory_flat()
    {
        using var model = nn.Sequential(nn.Linear(8, 16), nn.GELU(), nn.Linear(16, 4));
        using var optimizer = new FusedAdamW(model.named_parameters(), lr: 1e-3);
        using var inputs = randn(16, 8);
        using var targets = randint(0, 4, [16]);
        Steps(500);
        var (bytes, tensors) = (Hardware.ResidentBytes, Tensor.TotalCount);
        Steps(10_000);
        Assert.True(Tensor.TotalCount <= tensors + 64, $"{Tensor.TotalCount - tensors} tensors are left over");
        Assert.True(Hardware.ResidentBytes < bytes + (24L << 20), $"{(Hardware.ResidentBytes - bytes) >> 20} MB more");

        void Steps(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                nn.functional.cross_entropy(model.call(inputs), targets).backward();
                _ = optimizer.Step(1.0);
            }
        }
    }
}

[CollectionDefinition(MemoryTests.Alone, DisableParallelization = true)]
public class AloneCollection;

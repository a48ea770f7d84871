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
        var (tensors, held) = (Tensor.TotalCount, new List<long> { Hardware.ResidentBytes });
        for (var part = 0; part < 5; part++)
        {
            Steps(2_000);
            held.Add(Hardware.ResidentBytes);
        }

        Assert.True(Tensor.TotalCount <= tensors + 64, $"{Tensor.TotalCount - tensors} tensors are left over");
        // A leak goes on; compiled code, pools and the collector's heap reach a plateau at a time of their own. 1 MB in 2,000 steps
        // is half a kilobyte a step: less than one tensor's handle of each operator.
        var grown = held.Zip(held.Skip(1), (before, after) => (after - before) / 1e6).ToList();
        Assert.True(grown.Min() < 1, $"MB more in each 2,000 steps: {string.Join(", ", grown.Select(g => g.ToString("0.0")))}");

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

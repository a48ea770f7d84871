using PluginHost.Torch;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Torch.Tests;

public sealed class SmokeTests
{
    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Embedding embed = nn.Embedding(11, 8);
        private readonly ModuleList<nn.Module<Tensor, Tensor>> blocks =
            nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.Linear(8, 16), nn.GELU(), nn.Linear(16, 8), nn.LayerNorm(8));
        private readonly FastDropout drop = new(0.1);
        private readonly Linear head = nn.Linear(8, 3);

        public Net() : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var x = embed.call(input);
            foreach (var block in blocks) x = block.call(x);
            return head.call(drop.call(x)).mean([1]);
        }
    }

    [Fact]
    public void A_small_model_learns()
    {
        manual_seed(7);
        using var model = new Net();
        Assert.Contains("blocks.0.weight", model.state_dict().Keys);
        using var optimizer = optim.AdamW(model.parameters(), lr: 0.01, weight_decay: 0.01);
        var ids = randint(0, 11, [6, 5]);
        var labels = tensor(new long[] { 0, 1, 2, 0, 1, 2 });
        var (first, last) = (0f, 0f);
        for (var step = 0; step < 150; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(model.call(ids), labels);
            loss.backward();
            _ = nn.utils.clip_grad_norm_(model.parameters(), 1.0);
            _ = optimizer.step();
            last = loss.item<float>();
            if (step == 0) first = last;
        }

        Assert.True(last < 0.6 * first, $"loss went from {first} to {last}");
    }

    [Fact]
    public void The_machine_is_known()
    {
        Assert.NotEmpty(Hardware.LibtorchVersion);
        Assert.Equal(int.Parse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS")!), Threads.Count);
        Assert.InRange(Threads.PhysicalCores, 1, Environment.ProcessorCount);
        Assert.True(Hardware.PeakResidentBytes > 0);
        Assert.NotEqual("NO AVX", Hardware.CpuCapability);
    }
}

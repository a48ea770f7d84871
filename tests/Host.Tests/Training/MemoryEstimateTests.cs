using PluginHost.Host.Batches;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;
using PluginHost.Libs.Genomics.Leakage;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Training;

public class MemoryEstimateTests
{
    [Fact]
    public void Every_weight_costs_sixteen_bytes_in_training_and_activations_follow_the_token_budget()
    {
        var model = TinyParts.Model();
        var weights = model.Parameters().Sum(p => p.Parameter.NumberOfElements);
        var batch = new TinyParts.MoreAThanT()
            .Collate([new Sample("a", "ACGT")], new CollateContext(new TinyParts.Letters(), 40, CollateMode.Train, new SeededRandom(1)));
        MemoryEstimate Of(int tokens) =>
            MemoryEstimate.Of(model, batch, new TrainOptions { BatchTokens = tokens }, new Compute(CPU, UsesBf16: false), 6);

        Assert.Equal(16 * weights, Of(100).Total - Of(100).Activations);
        Assert.Equal(Of(1000).Activations * 10.0, Of(10_000).Activations, 1.0);
        // 34 bytes a hidden unit and 5 a pair of positions (one head, length 4), twice for float32: one layer of width 8.
        Assert.Equal(1000 * 2 * (34 * 8 + 5 * 4), Of(1000).Activations);
    }
}

using System.Text.Json;
using PluginHost.PluginKit;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.ConvEncoder;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;
using PluginHost.Plugins.Tests.BertEncoder;

namespace PluginHost.Plugins.Tests.ConvEncoder;

/// <summary>
/// Hidden states, losses and every gradient against Golden/conv-encoder/reference.py, an independent Python torch implementation in which
/// every sequence goes through by itself: so padding is held to change nothing, too.
/// </summary>
[Collection(TorchCollection.Name)]
public sealed class ConvParityTests
{
    [Theory]
    [InlineData("places", "masked-lm", "maskedLm")]
    [InlineData("places", "classify", "classify")]
    [InlineData("tokens", "masked-lm", "maskedLm")]
    [InlineData("tokens", "classify", "classify")]
    public void Hidden_states_loss_and_every_gradient_equal_the_reference(string file, string objective, string entry)
    {
        var golden = Parity.Golden($"conv-encoder/{file}");
        using var model = Model(golden, objective);
        Parity.Check(model, golden, entry);
    }

    [Theory]
    [InlineData("places")]
    [InlineData("tokens")]
    public void The_parameters_are_the_references(string file)
    {
        var golden = Parity.Golden($"conv-encoder/{file}");
        using var lm = Model(golden, "masked-lm");
        using var classify = Model(golden, "classify");
        var all = lm.Parameters.Concat(classify.Parameters).DistinctBy(p => p.Name);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), all.Sum(p => p.Value.numel()));
    }

    private static ModelUnderTest Model(JsonElement golden, string objective)
    {
        var c = golden.GetProperty("config");
        int Of(string name) => c.GetProperty(name).GetInt32();
        var bench = new Workbench(new KMerPlugin(), new ConvEncoderPlugin(), new MaskedLmPlugin(), new ClassificationPlugin());
        bench.UseTokenizer("kmer", new { k = 1 });
        bench.UseBackbone("conv-encoder", new
        {
            layers = Of("layers"), width = Of("width"), attentionHeads = Of("heads"), embeddingWidth = Of("embeddingWidth"),
            stemKernel = Of("stemKernel"), convLayers = Of("convLayers"), convKernel = Of("convKernel"), stride = Of("stride"),
            positions = c.GetProperty("positions").GetString(), alibiSteepestSlope = (double)Of("slope"),
        });
        return Parity.Filled(new ModelUnderTest(bench, bench.Build<IObjective>(objective,
            objective == "classify" ? new { classes = Of("classes"), pooling = "parts", parts = Of("parts") } : null)));
    }
}

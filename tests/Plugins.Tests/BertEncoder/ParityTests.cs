using System.Text.Json;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.BertEncoder;

/// <summary>
/// Hidden states, losses and every gradient against Golden/bert_reference.py, an independent Python torch implementation.
/// </summary>
[Collection(TorchCollection.Name)]
public sealed class ParityTests
{
    internal static ModelUnderTest Model(JsonElement golden, string objective)
    {
        var c = golden.GetProperty("config");
        int Of(string name) => c.GetProperty(name).GetInt32();
        var bench = new Workbench(new KMerPlugin(), new BertEncoderPlugin(), new MaskedLmPlugin(), new ClassificationPlugin());
        bench.UseTokenizer("kmer", new { k = Of("k") });
        bench.UseBackbone("bert-encoder",
            new
            {
                layers = Of("layers"), width = Of("width"), attentionHeads = Of("heads"), feedForward = Of("feedForward"),
                maxPositions = Of("positions")
            });
        var model = new ModelUnderTest(bench,
            bench.Build<IObjective>(objective, objective == "classify" ? new { classes = Of("classes") } : null));
        return Parity.Filled(model);
    }

    [Theory]
    [InlineData("bert_tiny", "masked-lm", "maskedLm")]
    [InlineData("bert_tiny", "classify", "classify")]
    [InlineData("bert_small", "masked-lm", "maskedLm")]
    [InlineData("bert_small", "classify", "classify")]
    public void Hidden_states_loss_and_every_gradient_equal_the_reference(string file, string objective, string entry)
    {
        var golden = Parity.Golden(file);
        using var model = Model(golden, objective);
        Parity.Check(model, golden, entry);
    }

    [Theory]
    [InlineData("bert_tiny")]
    [InlineData("bert_small")]
    public void The_parameters_are_the_references(string file)
    {
        var golden = Parity.Golden(file);
        using var lm = Model(golden, "masked-lm");
        using var classify = Model(golden, "classify");
        var all = lm.Parameters.Concat(classify.Parameters).DistinctBy(p => p.Name);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), all.Sum(p => p.Value.numel()));
    }
}

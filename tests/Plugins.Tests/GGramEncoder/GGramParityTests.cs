using System.Text.Json;
using PluginHost.PluginKit;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.GGramEncoder;
using PluginHost.Plugins.MaskedLm;
using PluginHost.Plugins.Tests.BertEncoder;

namespace PluginHost.Plugins.Tests.GGramEncoder;

/// <summary>DNAZEN's encoders against Golden/ggram-encoder/reference.py, which knows no padding.</summary>
[Collection(TorchCollection.Name)]
public sealed class GGramParityTests
{
    internal static ModelUnderTest Model(JsonElement golden, string objective, bool unpadded, bool ranges = false)
    {
        var c = golden.GetProperty("config");
        int Of(string name) => c.GetProperty(name).GetInt32();
        var bench = new Workbench(new GGramWordsPlugin(), new GGramEncoderPlugin(), new MaskedLmPlugin(), new ClassificationPlugin());
        bench.UseTokenizer("ggram-words",
            new { hidden = golden.GetProperty("hiddenGGrams").EnumerateArray().Select(e => e.GetInt32()).ToArray(), ranges });
        bench.UseBackbone("ggram-encoder", new
        {
            layers = Of("layers"), gGramLayers = Of("ggramLayers"), width = Of("width"), attentionHeads = Of("heads"),
            feedForward = Of("feedForward"),
            gGramBlock = c.GetProperty("gatedBlock").GetBoolean() ? "gated"
                : "plain", addAgainAtEnd = c.GetProperty("again").GetBoolean(), unpadded,
        });
        var heads = new Dictionary<string,
            ComponentSpec>
        { ["lm"] = new("masked-lm-head", new Dictionary<string, object?> { ["biasInDecoder"] = true }) };
        return Parity.Filled(
            new(bench, bench.Build<IObjective>(objective, objective == "classify" ? new { classes = Of("classes") } : null), heads));
    }

    [Theory]
    [InlineData("ggram-encoder/plain", true)]
    [InlineData("ggram-encoder/plain", false)]
    [InlineData("ggram-encoder/gated", true)]
    [InlineData("ggram-encoder/gated", false)]
    public void Hidden_states_loss_and_every_gradient_equal_the_reference(string file, bool unpadded)
    {
        var golden = Parity.Golden(file);
        using (var lm = Model(golden, "masked-lm", unpadded)) Parity.Check(lm, golden, "maskedLm");
        using var classify = Model(golden, "classify", unpadded);
        Parity.Check(classify, golden, "classify");
        using var both = Model(golden, "masked-lm", unpadded);
        var all = both.Parameters.Concat(classify.Parameters).DistinctBy(p => p.Name);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), all.Sum(p => p.Value.numel()));
    }
}

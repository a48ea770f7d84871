using System.Text.Json;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.BertEncoder;

/// <summary>DNABERT-2's and Genomics-FM's layers against Golden/bert/alibi_reference.py, which knows no padding.</summary>
[Collection(TorchCollection.Name)]
public sealed class AlibiParityTests
{
    internal static ModelUnderTest Model(JsonElement golden, string objective, string positions, bool unpadded)
    {
        var c = golden.GetProperty("config");
        int Of(string name) => c.GetProperty(name).GetInt32();
        var bench = new Workbench(new KMerPlugin(), new BertEncoderPlugin(), new MaskedLmPlugin(), new ClassificationPlugin());
        bench.UseTokenizer("kmer", new { k = Of("k") });
        bench.UseBackbone("bert-encoder", new
        {
            layers = Of("layers"), width = Of("width"), attentionHeads = Of("heads"), feedForward = Of("feedForward"),
            maxPositions = Math.Max(64, Of("positions")), positions, packedQkv = true, gated = true, unpadded,
        });
        var heads = new Dictionary<string,
            ComponentSpec>
        { ["lm"] = new("masked-lm-head", new Dictionary<string, object?> { ["biasInDecoder"] = true }) };
        return Parity.Filled(
            new(bench, bench.Build<IObjective>(objective, objective == "classify" ? new { classes = Of("classes") } : null), heads));
    }

    [Theory]
    [InlineData("bert/alibi", "alibi", false)]
    [InlineData("bert/alibi", "alibi", true)]
    [InlineData("bert/alibi", "alibi-with-table", true)]
    [InlineData("bert/gated_positions", "learned", false)]
    [InlineData("bert/gated_positions", "learned", true)]
    public void Hidden_states_loss_and_every_gradient_equal_the_reference(string file, string positions, bool unpadded)
    {
        var golden = Parity.Golden(file);
        using (var lm = Model(golden, "masked-lm", positions, unpadded)) Parity.Check(lm, golden, "maskedLm");
        using var classify = Model(golden, "classify", positions, unpadded);
        Parity.Check(classify, golden, "classify");
    }

    [Theory]
    [InlineData("bert/alibi", "alibi")]
    [InlineData("bert/gated_positions", "learned")]
    public void The_parameters_are_the_references(string file, string positions)
    {
        var golden = Parity.Golden(file);
        using var lm = Model(golden, "masked-lm", positions, true);
        using var classify = Model(golden, "classify", positions, true);
        var all = lm.Parameters.Concat(classify.Parameters).DistinctBy(p => p.Name);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), all.Sum(p => p.Value.numel()));
    }
}

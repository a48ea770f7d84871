using System.Text.Json;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;

namespace PluginHost.Plugins.Tests.BertEncoder;

using static TorchSharp.torch;

/// <summary>Hidden states, losses and every gradient against Golden/bert_reference.py, an independent Python torch implementation.</summary>
[Collection(TorchCollection.Name)]
public sealed class ParityTests
{
    private static JsonElement Golden(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RealData.Root, "tests", "Plugins.Tests", "Golden", $"{name}.json"))).RootElement;

    private static ModelUnderTest Model(JsonElement golden, string objective)
    {
        var c = golden.GetProperty("config");
        int Of(string name) => c.GetProperty(name).GetInt32();
        var bench = new Workbench(new KMerPlugin(), new BertEncoderPlugin(), new MaskedLmPlugin(), new ClassificationPlugin());
        bench.UseTokenizer("kmer", new { k = Of("k") });
        bench.UseBackbone("bert-encoder", new { layers = Of("layers"), width = Of("width"), attentionHeads = Of("heads"), feedForward = Of("feedForward"), maxPositions = Of("positions") });
        var model = new ModelUnderTest(bench, bench.Build<IObjective>(objective, objective == "classify" ? new { classes = Of("classes") } : null));
        foreach (var (name, value) in model.Parameters) Formula.Fill(name, value);
        model.Train(false);
        return model;
    }

    private static Batch MakeBatch(JsonElement golden, ITokenizer tokenizer)
    {
        Sample[] samples = [.. golden.GetProperty("sequences").EnumerateArray().Select((s, i) => new Sample($"{i}", s.GetString()!))];
        var batch = Collation.Pad(samples, [.. samples.Select(s => tokenizer.Encode(s, new EncodeContext()))], tokenizer.Vocabulary.Pad!.Value);
        var ids = Longs(golden, "ids");
        var labels = Longs(golden, "labels");
        for (var i = 0; i < ids.Length; i++)
            if (labels[i] != Keys.Ignore) Assert.Equal(labels[i], batch[Keys.InputIds].data<long>().ToArray()[i]);
        var positions = Enumerable.Range(0, labels.Length).Where(i => labels[i] != Keys.Ignore).Select(i => (long)i).ToArray();
        var classes = golden.GetProperty("classes").EnumerateArray().Select(e => e.GetInt64()).ToArray();
        return batch
            .Set(Keys.InputIds, tensor(ids, batch[Keys.InputIds].shape))
            .Set(Keys.Positions, tensor(positions))
            .Set(Keys.PositionLabels, tensor(positions.Select(p => labels[p]).ToArray()))
            .Set(Keys.Class, tensor(classes))
            .SetTargets("masked-lm", positions.Length).SetTargets("classify", classes.Length);
    }

    private static long[] Longs(JsonElement golden, string name) =>
        [.. golden.GetProperty(name).EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(e => e.GetInt64())];

    [Theory]
    [InlineData("bert_tiny", "masked-lm", "maskedLm")]
    [InlineData("bert_tiny", "classify", "classify")]
    [InlineData("bert_small", "masked-lm", "maskedLm")]
    [InlineData("bert_small", "classify", "classify")]
    public void Hidden_states_loss_and_every_gradient_equal_the_reference(string file, string objective, string entry)
    {
        using var scope = NewDisposeScope();
        var golden = Golden(file);
        using var model = Model(golden, objective);
        using var batch = MakeBatch(golden, model.Tokenizer);
        var hidden = model.Backbone.Forward(batch, Capture.None)[StreamKey.Hidden];
        Formula.Agrees("hidden", golden.GetProperty("hidden"), hidden.masked_select(batch[Keys.AttentionMask].unsqueeze(2)));

        var term = model.Objective.Loss(model.Predict(batch), batch).Single();
        var expected = golden.GetProperty(entry);
        var loss = expected.GetProperty("loss").GetDouble();
        Assert.InRange(term.Sum.item<float>(), loss * (1 - 1e-4), loss * (1 + 1e-4));
        term.Sum.backward();

        var gradients = expected.GetProperty("gradients").EnumerateObject().ToDictionary(g => g.Name, g => g.Value);
        var compared = 0;
        foreach (var (name, value) in model.Parameters)
        {
            using var gradient = value.grad;
            if (!gradients.TryGetValue(name, out var reference))
            {
                Assert.True(gradient is null || gradient.abs().max().item<float>() == 0, $"{name} has a gradient here but none in the reference.");
                continue;
            }
            Assert.True(gradient is not null, $"{name} has no gradient.");
            Formula.Agrees(name, reference, gradient);
            compared++;
        }
        Assert.Equal(gradients.Count, compared);
    }

    [Theory]
    [InlineData("bert_tiny")]
    [InlineData("bert_small")]
    public void The_parameters_are_the_references(string file)
    {
        var golden = Golden(file);
        using var lm = Model(golden, "masked-lm");
        using var classify = Model(golden, "classify");
        var all = lm.Parameters.Concat(classify.Parameters).DistinctBy(p => p.Name);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), all.Sum(p => p.Value.numel()));
    }
}

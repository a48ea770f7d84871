using System.Text.Json;
using PluginHost.PluginKit;

namespace PluginHost.Plugins.Tests.BertEncoder;

using static TorchSharp.torch;

/// <summary>Compares a model with what a Python script in Golden/ recorded of the same weights and sequences.</summary>
internal static class Parity
{
    /// <summary>A recorded file, by its path below Golden/ without the ending.</summary>
    public static JsonElement Golden(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RealData.Root, "tests", "Plugins.Tests", "Golden", $"{name}.json"))).RootElement;

    /// <summary>Gives a model the weights both sides compute, and switches dropout off.</summary>
    public static ModelUnderTest Filled(ModelUnderTest model)
    {
        foreach (var (name, value) in model.Parameters) Formula.Fill(name, value);
        model.Train(false);
        return model;
    }

    /// <summary>Hidden states of real tokens, the loss and every gradient of one objective.</summary>
    public static void Check(ModelUnderTest model, JsonElement golden, string entry)
    {
        using var scope = NewDisposeScope();
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
                Assert.True(gradient is null || gradient.abs().max().item<float>() == 0,
                    $"{name} has a gradient here but none in the reference.");
                continue;
            }
            Assert.True(gradient is not null, $"{name} has no gradient.");
            Formula.Agrees(name, reference, gradient);
            compared++;
        }
        Assert.Equal(gradients.Count, compared);
    }

    /// <summary>The recorded batch, with the ids and labels the script made.</summary>
    public static Batch MakeBatch(JsonElement golden, ITokenizer tokenizer)
    {
        Sample[] samples = [.. golden.GetProperty("sequences").EnumerateArray().Select((s, i) => new Sample($"{i}", s.GetString()!))];
        var batch = Collation.Pad(samples, [.. samples.Select(s => tokenizer.Encode(s, new EncodeContext()))],
            tokenizer.Vocabulary.Pad!.Value);
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
}

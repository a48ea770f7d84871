using System.Text.Json;
using PluginHost.PluginKit;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.ByteSeq2Seq.Attention;
using PluginHost.Plugins.Classification;
using PluginHost.Plugins.SpanCorruption;
using PluginHost.Plugins.Tests.BertEncoder;

namespace PluginHost.Plugins.Tests.ByteSeq2Seq;

using static TorchSharp.torch;

/// <summary>
/// Streams, loss and every gradient against Golden/enbed/enbed_reference.py, an independent Python torch implementation with dense masks.
/// </summary>
[Collection(TorchCollection.Name)]
public sealed class ParityTests
{
    internal static ModelUnderTest Model(JsonElement golden, string objective = "span-corruption")
    {
        var c = golden.GetProperty("config");
        int Of(string name) => c.GetProperty(name).GetInt32();
        var bench = new Workbench(new TinyBytes(), new ByteSeq2SeqPlugin(), new SpanCorruptionPlugin(), new ClassificationPlugin());
        bench.UseTokenizer("tiny-bytes");
        bench.UseBackbone("byte-seq2seq", new
        {
            width = Of("width"), attentionHeads = Of("heads"), headWidth = Of("headWidth"), feedForward = Of("feedForward"),
            encoderLayers = Of("encoderLayers"), decoderLayers = Of("decoderLayers"),
            radius = c.GetProperty("radius").EnumerateArray().Select(r => r.GetInt32()).ToArray(),
            globalBlocks = Of("globalBlocks"), relativeBuckets = Of("buckets"), relativeDistance = Of("distance"),
            maxTokens = Of("maxTokens"),
            maxTargetTokens = Of("maxTargetTokens"), feedForwardKind = c.GetProperty("kind").GetString(),
            tanhGelu = c.GetProperty("tanhGelu").GetBoolean(),
            scaleScores = c.GetProperty("scale").GetBoolean(),
        });
        var model = new ModelUnderTest(bench, objective == "classify"
            ? bench.Build<IObjective>(objective, new { classes = Of("classes"), pooling = "mean" })
            : new TiedOr(bench.Build<IObjective>(objective), c.GetProperty("tied").GetBoolean()));
        foreach (var (name, value) in model.Parameters)
        {
            Formula.Fill(name, value);
            using var _ = no_grad();
            if (name.Contains("layer_norm")) value.add_(1);
        }
        model.Train(false);
        return model;
    }

    private static Batch MakeBatch(JsonElement golden, ITokenizer tokenizer)
    {
        int[][] Rows(string name) =>
            [.. golden.GetProperty(name).EnumerateArray().Select(r => r.EnumerateArray().Select(e => e.GetInt32()).ToArray())];
        var (inputs, targets) = (Rows("inputs"), Rows("targets"));
        Sample[] samples = [.. golden.GetProperty("sequences").EnumerateArray().Select((s, i) => new Sample($"{i}", s.GetString()!))];
        var sentinels = new Sentinels(tokenizer.Vocabulary);
        for (var b = 0; b < samples.Length; b++)
            Assert.Equal(samples[b].Sequence, tokenizer.Decode(new Corruption(inputs[b], targets[b]).Restore(sentinels)));
        var batch = Collation.Pad(samples, [.. inputs.Select(ids => new EncodedSequence(ids, new BaseSpan[ids.Length]))], 0);
        var length = targets.Max(t => t.Length);
        var ids = targets.SelectMany(t => t.Select(i => (long)i).SkipLast(1).Prepend(0).Concat(Enumerable.Repeat(0L, length - t.Length)))
            .ToArray();
        var labels = targets.SelectMany(t => t.Select(i => (long)i).Concat(Enumerable.Repeat(Keys.Ignore, length - t.Length))).ToArray();
        return batch.Set(Keys.DecoderIds, tensor(ids, [samples.Length, length]))
            .Set(Keys.DecoderLabels, tensor(labels, [samples.Length, length]))
            .SetTargets("span-corruption", targets.Sum(t => t.Length));
    }

    [Theory]
    [InlineData("windowed")]
    [InlineData("released")]
    [InlineData("first_t5")]
    [InlineData("decoder_only")]
    public void Streams_loss_and_every_gradient_equal_the_reference(string file)
    {
        using var scope = NewDisposeScope();
        var golden = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(RealData.Root, "tests", "Plugins.Tests", "Golden", "enbed", $"{file}.json"))).RootElement;
        using var model = Model(golden);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), model.Parameters.Sum(p => p.Value.numel()));
        using var batch = MakeBatch(golden, model.Tokenizer);
        var output = model.Backbone.Forward(batch, Capture.None);
        var decoded = output[StreamKey.Decoder];
        Formula.Agrees("hidden", golden.GetProperty("hidden"),
            output[StreamKey.Hidden].masked_select(batch[Keys.AttentionMask].unsqueeze(2)));
        Formula.Agrees("decoder", golden.GetProperty("decoder"),
            decoded.masked_select(batch[Keys.DecoderLabels].ne(Keys.Ignore).unsqueeze(2)));

        var term = model.Objective.Loss(model.Predict(batch), batch).Single();
        var loss = golden.GetProperty("loss").GetDouble();
        Assert.InRange(term.Sum.item<float>(), loss * (1 - 1e-4), loss * (1 + 1e-4));
        term.Sum.backward();
        var gradients = golden.GetProperty("gradients").EnumerateObject().ToDictionary(g => g.Name, g => g.Value);
        foreach (var (name, value) in model.Parameters)
        {
            using var gradient = value.grad;
            Assert.True(gradient is not null, $"{name} has no gradient.");
            Formula.Agrees(name, gradients[name], gradient);
        }
        Assert.Equal(gradients.Count, model.Parameters.Count);
    }

    [Theory]
    [InlineData("windowed", true)]
    [InlineData("first_t5", false)]
    public void The_reference_is_compared_with_tiles_where_windows_are_narrow(string file, bool tiled)
    {
        var golden = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(RealData.Root, "tests", "Plugins.Tests", "Golden", "enbed", $"{file}.json"))).RootElement;
        var radius = golden.GetProperty("config").GetProperty("radius")[0].GetInt32();
        var longest = golden.GetProperty("inputs").EnumerateArray().Max(r => r.GetArrayLength());
        Assert.Equal(tiled, Tiling.For(longest, Math.Min(radius, longest), causal: false).Tiles > 1);
    }

    /// <summary>The objective with a tied head, where asked for.</summary>
    private sealed class TiedOr(IObjective inner, bool tied) : IObjective
    {
        public IReadOnlyList<HeadRole> Heads =>
            [new("lm", new ComponentSpec("decoder-head", new Dictionary<string, object?> { ["tied"] = tied }))];

        public IReadOnlyList<BatchKey> Writes => inner.Writes;

        public ScoreCard Card => inner.Card;

        public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context) => inner.Collate(samples, context);

        public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch) => inner.Loss(predictions, batch);

        public Scored Score(Predictions predictions, Batch batch) => inner.Score(predictions, batch);
    }
}

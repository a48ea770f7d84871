using System.Text.Json;
using PluginHost.Libs.Attribution.Attention;
using PluginHost.Libs.Tools.Bases;
using PluginHost.Plugins.Interpret.Attention;
using PluginHost.Plugins.Interpret.GGrams;

namespace PluginHost.Plugins.Tests.Tools.Parity;

using static TorchSharp.torch;

/// <summary>Attention as tools read it, against Golden/tools/tools_reference.py.</summary>
[Collection(TorchCollection.Name)]
public sealed class AttentionParityTests
{
    /// <summary>With what `interpret attention` lets a decoder read, where there is one.</summary>
    private static Batch Batch(ParityCase of, TrainedModel model) =>
        of.HasDecoder ? DecoderInput.Add(of.Batch(model), model.Tokenizer.Vocabulary.Pad!.Value) : of.Batch(model);

    private static IEnumerable<(string Stack, int Layer, JsonElement[] Rows)> Layers(ParityCase of) =>
        from stack in of.Golden.GetProperty("attention").EnumerateObject()
        from layer in stack.Value.EnumerateArray().Index()
        select (stack.Name, layer.Index, layer.Item.EnumerateArray().ToArray());

    private static bool IsThere(JsonElement recorded) => recorded.ValueKind != JsonValueKind.Null;

    [Theory]
    [MemberData(nameof(ParityCase.All), MemberType = typeof(ParityCase))]
    public void Every_share_of_every_layer_and_head_is_the_references(string name)
    {
        using var scope = NewDisposeScope();
        var of = new ParityCase(name);
        using var model = of.Pretrained();
        var batch = Batch(of, model);
        var reader = new Copies();
        var output = model.Forward(batch, Capture.Reading(reader));
        if (of.HasDecoder) _ = output[StreamKey.Decoder];
        foreach (var shares in reader.Seen.Values) scope.Attach(shares);

        Assert.Equal(Layers(of).Select(l => (l.Stack, l.Layer)).Order(), reader.Seen.Keys.Order());
        foreach (var (stack, layer, rows) in Layers(of))
            foreach (var (b, recorded) in rows.Index().Where(r => IsThere(r.Item)))
            {
                var (queries, keys) = (Recorded.Shape(recorded)[1], Recorded.Shape(recorded)[2]);
                var shares_HQS = reader.Seen[(stack, layer)][b].narrow(1, 0, queries);
                Recorded.Agrees($"{stack}, layer {layer}, row {b}", recorded, shares_HQS.narrow(2, 0, keys));
                Assert.Equal(0, shares_HQS.narrow(2, keys, shares_HQS.shape[2] - keys).sum().item<float>());
            }
    }

    [Theory]
    [MemberData(nameof(ParityCase.All), MemberType = typeof(ParityCase))]
    public void What_some_tokens_attend_to_is_the_mean_of_the_references_rows(string name)
    {
        using var scope = NewDisposeScope();
        var of = new ParityCase(name);
        using var model = of.Pretrained();
        var batch = Batch(of, model);
        foreach (var (stack, layer, rows) in Layers(of))
        {
            int[][] from = [.. rows.Select(r => IsThere(r) ? Some(Recorded.Shape(r)[1]) : [])];
            var read = AttentionFrom.Read(model, batch, layer + 1, from, stack);
            foreach (var (b, recorded) in rows.Index().Where(r => IsThere(r.Item)))
            {
                if (Recorded.Values(recorded) is not { } shares) continue;
                var mean_HS = Array(recorded, shares).index_select(1, tensor(from[b])).mean([1]);
                var read_HS = tensor(read[b]).narrow(1, 0, mean_HS.shape[1]).contiguous();
                Recorded.Agrees($"{stack}, layer {layer}, row {b}", mean_HS.data<float>().ToArray(), read_HS.data<float>().ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(ParityCase.All), MemberType = typeof(ParityCase))]
    public void What_tokens_receive_and_rollout_are_the_references(string name)
    {
        using var scope = NewDisposeScope();
        var of = new ParityCase(name);
        using var model = of.Pretrained();
        var batch = of.Batch(model);
        var (received, rollout) = (new AttentionScores(model).Of(batch), new AttentionRollout(model).Of(batch)!);
        for (var b = 0; b < batch.Samples.Count; b++)
        {
            Recorded.Agrees($"received, row {b}", of.Golden.GetProperty("received")[b], received[b]);
            Recorded.Agrees($"rollout, row {b}", of.Golden.GetProperty("rollout")[b], rollout[b]);
        }
    }

    [Theory]
    [InlineData("dnazen")]
    [InlineData("dnazen-gated")]
    public void What_each_G_gram_gets_is_the_mean_of_the_references(string name)
    {
        using var scope = NewDisposeScope();
        var of = new ParityCase(name);
        using var model = of.Pretrained();
        var read = GGramAttention.Of(model, of.Batch(model));
        foreach (var (_, layer, rows) in Layers(of).Where(l => l.Stack == GGramAttention.Stack))
            foreach (var (b, recorded) in rows.Index().Where(r => IsThere(r.Item)))
            {
                var mean_G = Array(recorded, Recorded.Values(recorded)!).mean([0, 1]);
                Recorded.Agrees($"layer {layer}, row {b}", mean_G.data<float>().ToArray(), read[b][layer]);
            }
    }

    /// <summary>The first, a middle and the last token of so many.</summary>
    private static int[] Some(int tokens) => [.. new[] { 0, tokens / 2, tokens - 1 }.Distinct()];

    private static Tensor Array(JsonElement recorded, float[] values) =>
        tensor(values, [.. Recorded.Shape(recorded).Select(n => (long)n)]);

    private sealed class Copies : IAttentionReader
    {
        public Dictionary<(string Stack, int Layer), Tensor> Seen { get; } = [];

        public void Read(string stack, int layer, Tensor shares) => Seen.Add((stack, layer), shares.clone().DetachFromDisposeScope());
    }
}

using PluginHost.Libs.Files;

namespace PluginHost.Libs.Tools.Bases;

using static TorchSharp.torch;

/// <summary>
/// Reads, of one layer, what some tokens of each sequence attend to: "H S" a sequence, the mean over those tokens. Everything else is
/// dropped as it is computed, so that memory holds one layer's attention of one batch and no more.
/// </summary>
public sealed class AttentionFrom : IAttentionReader
{
    private readonly int? layer;
    private readonly IReadOnlyList<IReadOnlyList<int>> from;
    private readonly string wantedStack;
    private readonly SortedSet<string> stacks = new(StringComparer.Ordinal);
    private int seen;
    private float[][,]? kept;

    private AttentionFrom(int? layer, IReadOnlyList<IReadOnlyList<int>> from, string stack) =>
        (this.layer, this.from, wantedStack) = (layer, from, stack);

    /// <summary>Runs the model over a batch.</summary>
    /// <param name="model">Shows its attention.</param>
    /// <param name="batch">With its encodings, and with <see cref="Keys.DecoderIds"/> where a decoder's attention is asked for.</param>
    /// <param name="layer">Counted from 1 within the stack; null for the last that comes by.</param>
    /// <param name="from">Of each row, the tokens that attend; axis Q.</param>
    /// <param name="stack">One of <see cref="AttentionStacks"/>, or the architecture's own.</param>
    /// <returns>Of each row, axes H S; S has the padding too.</returns>
    /// <exception cref="UsageException">The architecture shows no such attention, or has no such layer.</exception>
    public static IReadOnlyList<float[,]> Read(TrainedModel model, Batch batch, int? layer, IReadOnlyList<IReadOnlyList<int>> from,
        string stack = AttentionStacks.Tokens)
    {
        using var scope = NewDisposeScope();
        var reader = new AttentionFrom(layer - 1, from, stack);
        var output = model.Forward(batch, Capture.Reading(reader));
        // A decoder runs when its stream is read, and not before.
        if (batch.Columns.Contains(Keys.DecoderIds) && model.Backbone.Streams.Contains(StreamKey.Decoder)) _ = output[StreamKey.Decoder];
        if (reader.seen == 0) throw new UsageException(reader.Missing(model));
        return reader.kept ?? throw new UsageException(
            $"--layer {layer}: {model.Name} has {Wording.Counted(reader.seen, "layer")} with attention; give 1 to {reader.seen}.");
    }

    /// <inheritdoc/>
    public void Read(string stack, int layerRead, Tensor shares)
    {
        stacks.Add(stack);
        if (stack != wantedStack) return;
        seen = Math.Max(seen, layerRead + 1);
        if (layer is { } wanted && wanted != layerRead) return;
        using var scope = NewDisposeScope();
        kept = new float[from.Count][,];
        for (var b = 0; b < from.Count; b++)
        {
            var (heads, tokens) = ((int)shares.shape[1], (int)shares.shape[3]);
            kept[b] = new float[heads, tokens];
            if (from[b].Count == 0) continue;
            var places = tensor(from[b].Select(t => (long)t).ToArray()).to(shares.device);
            var mean_HS = shares[b].index_select(1, places).to_type(ScalarType.Float32).mean([1L]).cpu().contiguous();
            var flat = mean_HS.data<float>().ToArray();
            for (var h = 0; h < heads; h++)
                for (var s = 0; s < tokens; s++) kept[b][h, s] = flat[h * tokens + s];
        }
    }

    private string Missing(TrainedModel model)
    {
        var architecture = $"{model.Name}: its architecture '{model.Backbone.GetName()}' shows no attention of";
        return stacks.Count == 0 ? $"{architecture} {(wantedStack == AttentionStacks.Tokens ? "tokens" : $"'{wantedStack}'")}."
            : $"{architecture} '{wantedStack}', but of: {string.Join(", ", stacks)}.";
    }
}

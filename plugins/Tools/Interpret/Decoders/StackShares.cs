using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Interpret.Decoders;

using static TorchSharp.torch;

/// <summary>Reads the shares of one layer of a stack, of every place: "Q S" a row, of one head or the mean over heads.</summary>
/// <param name="stack">One of <see cref="AttentionStacks"/>.</param>
/// <param name="layer">Counted from 1; null for the last.</param>
/// <param name="head">Counted from 1; null for the mean.</param>
internal sealed class StackShares(string stack, int? layer, int? head) : IAttentionReader
{
    private float[][,] kept = [];
    private int seen, heads;

    /// <summary>Runs a model over a batch with <see cref="Keys.DecoderIds"/>.</summary>
    /// <returns>Of each row; both axes have the padding too.</returns>
    /// <exception cref="UsageException">The architecture has no decoder beside an encoder, or no such layer or head.</exception>
    public static IReadOnlyList<float[,]> Of(TrainedModel model, Batch batch, string stack, int? layer, int? head)
    {
        using var scope = NewDisposeScope();
        var reader = new StackShares(stack, layer, head);
        var output = model.Forward(batch, Capture.Reading(reader));
        // A decoder runs when its stream is read, and not before.
        if (model.Backbone.Streams.Contains(StreamKey.Decoder)) _ = output[StreamKey.Decoder];
        if (reader.seen == 0)
            throw new UsageException($"{model.Name}: its architecture '{model.Backbone.GetName()}' has no decoder beside an encoder; 'host "
                + "interpret attention' shows what tokens attend to.");
        if (layer > reader.seen)
            throw new UsageException($"--layer {layer}: {model.Name} has {Wording.Counted(reader.seen, "decoder layer")}.");
        if (head > reader.heads)
            throw new UsageException($"--head {head}: {model.Name} has {Wording.Counted(reader.heads, "head")} a layer.");
        return reader.kept;
    }

    /// <inheritdoc/>
    public void Read(string stackRead, int layerRead, Tensor shares)
    {
        if (stackRead != stack) return;
        seen = Math.Max(seen, layerRead + 1);
        heads = (int)shares.shape[1];
        if ((layer is { } wanted && wanted != layerRead + 1) || head > heads) return;
        using var scope = NewDisposeScope();
        var own_BQS = (head is { } one ? shares.select(1, one - 1) : shares.to_type(ScalarType.Float32).mean([1L]))
            .to_type(ScalarType.Float32).cpu().contiguous();
        var (rows, queries, keys) = ((int)own_BQS.shape[0], (int)own_BQS.shape[1], (int)own_BQS.shape[2]);
        var flat = own_BQS.data<float>().ToArray();
        kept = new float[rows][,];
        for (var b = 0; b < rows; b++)
        {
            kept[b] = new float[queries, keys];
            Buffer.BlockCopy(flat, b * queries * keys * sizeof(float), kept[b], 0, queries * keys * sizeof(float));
        }
    }
}

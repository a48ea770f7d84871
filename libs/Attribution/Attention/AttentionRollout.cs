using PluginHost.Libs.Tools.Bases;

namespace PluginHost.Libs.Attribution.Attention;

using static TorchSharp.torch;

/// <summary>
/// Attention rollout (Abnar and Zuidema 2020): the product over layers of half the mean over heads and half the identity, read at the
/// classification token, or as the mean over the tokens of bases where the vocabulary has none. Of each
/// layer only the mean over heads is kept.
/// </summary>
/// <param name="model">Shows its attention.</param>
public sealed class AttentionRollout(TrainedModel model)
{
    /// <summary>By row of the batch, axis T without padding; null where the architecture shows no attention of its tokens.</summary>
    public IReadOnlyList<float[]>? Of(Batch batch)
    {
        using var scope = NewDisposeScope();
        var reader = new Reader((int)batch.Axis("T"));
        model.Forward(batch, Capture.Reading(reader));
        if (reader.Layers.Count == 0) return null;
        // Multiplied here and not while the model runs, whose number format may be a coarser one.
        var product_BTT = reader.Layers[0];
        foreach (var layer_BTT in reader.Layers.Skip(1)) product_BTT = layer_BTT.matmul(product_BTT);
        foreach (var layer_BTT in reader.Layers) scope.Attach(layer_BTT);
        return [.. batch.Encodings.Select((encoding, b) =>
        {
            var from = AttentionScores.Attending(model, encoding).Select(t => (long)t).ToArray();
            if (from.Length == 0) return new float[encoding.Ids.Length];
            var row_T = product_BTT[b].index_select(0, tensor(from, device: product_BTT.device)).mean([0]);
            return row_T.cpu().data<float>().ToArray()[..encoding.Ids.Length];
        })];
    }

    private sealed class Reader(int length) : IAttentionReader
    {
        public List<Tensor> Layers { get; } = [];

        public void Read(string stack, int layer, Tensor shares)
        {
            // An architecture that attends piece by piece has no matrix of the whole.
            if (stack != AttentionStacks.Tokens || shares.shape[2] != length || shares.shape[3] != length) return;
            using var scope = NewDisposeScope();
            Layers.Add((0.5 * shares.to_type(ScalarType.Float32).mean([1]) + 0.5 * eye(length, device: shares.device))
                .DetachFromDisposeScope());
        }
    }
}

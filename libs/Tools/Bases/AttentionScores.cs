using PluginHost.Libs.Files;

namespace PluginHost.Libs.Tools.Bases;

using static TorchSharp.torch;

/// <summary>
/// How much attention each token receives: from the classification token, summed over heads (DNABERT, section 3.3), or where the vocabulary
/// has none the mean over the tokens that stand for bases. Nothing but one layer is looked at, and of it only what is summed is kept.
/// </summary>
/// <param name="model">Shows its attention.</param>
/// <param name="layer">Counted from 1; the last one that the batch passes where null.</param>
public sealed class AttentionScores(TrainedModel model, int? layer = null)
{
    /// <summary>Whether scores are the classification token's; else the mean over all tokens of bases.</summary>
    public bool OfClassification => model.Tokenizer.Vocabulary.Classification is not null;

    /// <summary>The scores of a batch, by row, axis T without padding; float32.</summary>
    /// <exception cref="UsageException">The architecture shows no attention, or has no such layer.</exception>
    public IReadOnlyList<float[]> Of(Batch batch)
    {
        using var scope = NewDisposeScope();
        var reader = new Reader(model.Tokenizer.Vocabulary.Classification, batch, layer - 1);
        model.Forward(batch, Capture.Reading(reader));
        if (reader.Seen == 0)
            throw new UsageException($"{model.Name}: its architecture '{model.Backbone.GetName()}' shows no attention of tokens.");
        return reader.Scores ?? throw new UsageException(
            $"--layer {layer}: {model.Name} has {Wording.Counted(reader.Seen, "layer")} with attention; give 1 to {reader.Seen}.");
    }

    private sealed class Reader(int? classification, Batch batch, int? wanted) : IAttentionReader
    {
        public int Seen { get; private set; }

        public IReadOnlyList<float[]>? Scores { get; private set; }

        public void Read(string stack, int layer, Tensor shares)
        {
            if (stack != AttentionStacks.Tokens) return;
            Seen = Math.Max(Seen, layer + 1);
            if (wanted is { } number && number != layer) return;
            using var scope = NewDisposeScope();
            // Axes: B samples, H heads, Q tokens that attend, S tokens attended to.
            var summed_BQS = shares.to_type(ScalarType.Float32).sum(1);
            var weights_BQ = zeros(shares.shape[0], shares.shape[2]);
            for (var b = 0; b < batch.Samples.Count; b++)
            {
                var from = Attending(batch.Encodings[b]).ToList();
                foreach (var t in from) weights_BQ[b, t] = 1f / from.Count;
            }
            var scores_BS = summed_BQS.mul(weights_BQ.to(shares.device).unsqueeze(2)).sum(1).cpu();
            Scores = [.. Enumerable.Range(0, batch.Samples.Count)
                .Select(b => scores_BS[b].data<float>().ToArray()[..batch.Encodings[b].Ids.Length])];
        }

        private IEnumerable<int> Attending(EncodedSequence encoding)
        {
            if (classification is { } cls && Array.IndexOf(encoding.Ids, cls) is >= 0 and var place) return [place];
            return Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0);
        }
    }
}

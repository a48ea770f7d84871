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

    /// <summary>The tokens whose attention stands for the sequence's: axis Q.</summary>
    public static IReadOnlyList<int> Attending(TrainedModel model, EncodedSequence encoding) =>
        model.Tokenizer.Vocabulary.Classification is { } cls && Array.IndexOf(encoding.Ids, cls) is >= 0 and var place ? [place]
            : [.. Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0)];

    /// <summary>The scores of a batch, by row, axis T without padding; float32.</summary>
    /// <exception cref="UsageException">The architecture shows no attention, or has no such layer.</exception>
    public IReadOnlyList<float[]> Of(Batch batch)
    {
        var shares = AttentionFrom.Read(model, batch, layer, [.. batch.Encodings.Select(e => Attending(model, e))]);
        return [.. shares.Select((of, b) =>
        {
            var scores = new float[batch.Encodings[b].Ids.Length];
            for (var s = 0; s < scores.Length; s++)
                for (var h = 0; h < of.GetLength(0); h++) scores[s] += of[h, s];
            return scores;
        })];
    }

    /// <summary>The same of bases, the mean over the tokens that cover each.</summary>
    /// <inheritdoc cref="Of"/>
    public IReadOnlyList<float[]> OfBases(Batch batch) =>
        [.. Of(batch).Select((of, b) => BaseSpread.Mean(batch.Encodings[b].Spans, of, batch.Samples[b].Sequence.Length))];
}

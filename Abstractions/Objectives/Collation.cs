namespace PluginHost;

using static TorchSharp.torch;

/// <summary>Shared pieces of collation.</summary>
public static class Collation
{
    /// <summary>
    /// Pads encodings into <see cref="Keys.InputIds"/>, <see cref="Keys.AttentionMask"/> and every attached column
    /// (<see cref="EncodedSequence.With"/>), and counts tokens.
    /// </summary>
    /// <param name="samples">In row order.</param>
    /// <param name="encodings">In row order.</param>
    /// <param name="padId">Id written on padding.</param>
    /// <param name="length">Length of axis T; the longest row when null.</param>
    /// <param name="shown">
    /// What the model sees where the objective edits tokens, in row order: the columns are made of these, while
    /// <see cref="Batch.Encodings"/> stay the originals. Null: the encodings themselves.
    /// </param>
    public static Batch Pad(
        IReadOnlyList<Sample> samples, IReadOnlyList<EncodedSequence> encodings, int padId, int? length = null,
            IReadOnlyList<EncodedSequence>? shown = null)
    {
        shown ??= encodings;
        var rows = shown.Count;
        var columns = length ?? shown.Max(e => e.Ids.Length);
        var ids = new long[rows * columns];
        var mask = new bool[rows * columns];
        var real = 0L;
        Array.Fill(ids, padId);
        for (var b = 0; b < rows; b++)
        {
            var source = shown[b].Ids;
            for (var t = 0; t < source.Length; t++)
            {
                ids[b * columns + t] = source[t];
                mask[b * columns + t] = true;
            }
            real += source.Length;
        }
        var batch = new Batch(samples, encodings) { RealTokens = real, Tokens = (long)rows * columns }
            .Set(Keys.InputIds, tensor(ids, [rows, columns]))
            .Set(Keys.AttentionMask, tensor(mask, [rows, columns]));
        Columns.AddAttached(batch, shown, columns);
        return batch;
    }
}

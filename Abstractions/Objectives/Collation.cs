namespace PluginHost;

using static TorchSharp.torch;

/// <summary>Shared pieces of collation.</summary>
public static class Collation
{
    /// <summary>Pads encodings into <see cref="Keys.InputIds"/>, <see cref="Keys.AttentionMask"/> and every attached column (<see cref="Encoding.With"/>), and counts tokens.</summary>
    /// <param name="samples">In row order.</param>
    /// <param name="encodings">In row order.</param>
    /// <param name="padId">Id written on padding.</param>
    /// <param name="length">Length of axis T; the longest encoding when null.</param>
    public static Batch Pad(IReadOnlyList<Sample> samples, IReadOnlyList<Encoding> encodings, int padId, int? length = null)
    {
        var rows = encodings.Count;
        var columns = length ?? encodings.Max(e => e.Ids.Length);
        var ids = new long[rows * columns];
        var mask = new bool[rows * columns];
        var real = 0L;
        Array.Fill(ids, padId);
        for (var b = 0; b < rows; b++)
        {
            var source = encodings[b].Ids;
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
        Columns.AddAttached(batch, encodings, columns);
        return batch;
    }
}

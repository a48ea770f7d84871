using PluginHost.Torch;

namespace PluginHost.PluginKit.Rules;

using static TorchSharp.torch;

/// <summary>Batches for what reads columns, whatever they are: the tokenizer's own, the rest filled with values that fit.</summary>
/// <remarks>A value follows from its place in its row alone, so a sequence has the same ones whatever stands beside it.</remarks>
internal static class Columns
{
    private const int Targets = 20, Other = 3;

    /// <summary>A batch of samples.</summary>
    /// <param name="tokenizer">Encodes them.</param>
    /// <param name="samples">In row order.</param>
    /// <param name="reads">Columns that it must have.</param>
    /// <param name="mostTokens">A sequence's.</param>
    public static Batch Batch(ITokenizer tokenizer, IReadOnlyList<Sample> samples, IEnumerable<BatchKey> reads, int? mostTokens = null)
    {
        var context = new EncodeContext(mostTokens ?? int.MaxValue);
        var batch = Collation.Pad(samples, [.. samples.Select(s => tokenizer.Encode(s, context))], tokenizer.Vocabulary.Pad ?? 0);
        var lengths = batch.Encodings.Select(e => e.Ids.Length).ToArray();
        foreach (var key in reads.Where(k => !batch.Columns.Contains(k))) batch.Set(key, Fill(key, tokenizer, lengths));
        return batch;
    }

    /// <summary>The columns that streams of a decoder are computed from.</summary>
    public static IReadOnlyList<BatchKey> Beside(IEnumerable<StreamKey> streams) =>
        streams.Any(s => s.Axes.Split(' ').Contains("U")) ? [Keys.DecoderIds, Keys.DecoderMask] : [];

    private static Tensor Fill(BatchKey key, ITokenizer tokenizer, int[] lengths)
    {
        long Size(string axis) => axis switch
        {
            "B" => lengths.Length,
            "T" => lengths.Max(),
            "M" or "Q" => 2 * lengths.Length,
            "U" => Targets,
            _ => Other,
        };
        var shape = key.AxisNames.Select(Size).ToArray();
        var values = new double[shape.Aggregate(1L, (a, b) => a * b)];
        var rows = tokenizer.IdCount(key) ?? (key == Keys.DecoderIds ? tokenizer.Vocabulary.Count : 2);
        for (var i = 0; i < values.Length; i++)
        {
            var at = Place(i, shape);
            var position = key.AxisNames.ToList().IndexOf("T");
            var padded = position > 0 && at[position] >= lengths[at[0]];
            var draw = new SeededRandom([.. at.Select(a => (ulong)a), (ulong)key.Name.Length]);
            values[i] = padded ? 0
                // Two places of each row, given in the flattened [B*T]: every row has as many tokens.
                : key == Keys.Positions || key == Keys.NumberPositions ? at[0] / 2 * lengths.Max() + at[0] % 2
                : key == Keys.TokenTypes ? (2 * at[position] >= lengths[at[0]] ? 1 : 0)
                : key.Type == ScalarType.Bool ? (key == Keys.DecoderMask || draw.Next(2) == 1 ? 1 : 0)
                : key.Type == ScalarType.Int64 ? draw.Next(rows)
                : draw.NextNormal();
        }
        return tensor(values, shape, ScalarType.Float64).to_type(key.Type);
    }

    private static int[] Place(int index, long[] shape)
    {
        var at = new int[shape.Length];
        for (var axis = shape.Length - 1; axis >= 0; axis--) (index, at[axis]) = (index / (int)shape[axis], index % (int)shape[axis]);
        return at;
    }
}

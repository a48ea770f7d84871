namespace PluginHost.Plugins.MaskedLm;

using static TorchSharp.torch;

/// <summary>A collated batch as plain arrays, and the bases its input still shows. Axes: B rows, T tokens, M scored positions.</summary>
internal sealed class HiddenBatch
{
    private readonly IReadOnlyList<Encoding> encodings;
    private readonly char[][] shown;
    private readonly int length;

    public HiddenBatch(Batch batch, Vocabulary vocabulary)
    {
        encodings = batch.Encodings;
        length = (int)batch.Axis("T");
        Input = Read<long>(batch[Keys.InputIds]);
        Positions = Read<long>(batch[Keys.Positions]);
        Labels = Read<long>(batch[Keys.PositionLabels]);
        AtMask = Read<bool>(batch[Columns.AtMask]);
        var scored = new HashSet<long>(Positions.Where((_, m) => Labels[m] != Keys.Ignore));
        shown = [.. encodings.Select((encoding, row) => Shown(encoding, row, vocabulary, scored))];
    }

    /// <summary>What the model sees, flattened "B T".</summary>
    public long[] Input { get; }

    /// <summary>Indices into <see cref="Input"/>, axis M.</summary>
    public long[] Positions { get; }

    /// <summary>Original ids, axis M.</summary>
    public long[] Labels { get; }

    /// <summary>Whether the input there is [MASK], axis M.</summary>
    public bool[] AtMask { get; }

    /// <summary>The row of a scored position.</summary>
    public int Row(int m) => (int)(Positions[m] / length);

    /// <summary>The bases of a scored token that tokens not hidden show, and which bases those are: see <see cref="TokenTable.Agreeing"/>.</summary>
    public (int Length, ulong Known, ulong Word) Neighbours(int m)
    {
        var row = Row(m);
        var span = encodings[row].Spans[Positions[m] % length];
        var (known, word) = (0UL, 0UL);
        if (span.Length > 31) return (span.Length, 0, 0);
        for (var i = span.Start; i < span.End; i++)
        {
            var digit = "ACGT".IndexOf(shown[row][i]);
            known = known << 2 | (digit < 0 ? 0u : 3u);
            word = word << 2 | (digit < 0 ? 0u : (uint)digit);
        }
        return (span.Length, known, word);
    }

    private char[] Shown(Encoding encoding, int row, Vocabulary vocabulary, HashSet<long> scored)
    {
        var bases = new char[encoding.Spans.Max(s => s.End)];
        for (var t = 0; t < encoding.Ids.Length; t++)
        {
            var position = (long)row * length + t;
            var id = encoding.Ids[t];
            if (scored.Contains(position) || Input[position] != id || vocabulary.IsSpecial(id)) continue;
            var text = vocabulary.Tokens[id];
            if (text.Length == encoding.Spans[t].Length) text.CopyTo(0, bases, encoding.Spans[t].Start, text.Length);
        }
        return bases;
    }

    private static T[] Read<T>(Tensor column) where T : unmanaged => column.cpu().data<T>().ToArray();
}

using PluginHost.Libs.Masking;

namespace PluginHost.Plugins.MaskedLm;

using static TorchSharp.torch;

/// <summary>A collated batch as plain arrays, and the bases its input still shows. Axes: B rows, T tokens, M scored positions.</summary>
internal sealed class HiddenBatch
{
    private readonly IReadOnlyList<EncodedSequence> encodings;
    private readonly Vocabulary vocabulary;
    private readonly HashSet<long> scored;
    private readonly char[][] shown;
    private readonly int length;

    public HiddenBatch(Batch batch, Vocabulary vocabulary)
    {
        encodings = batch.Encodings;
        this.vocabulary = vocabulary;
        length = (int)batch.Axis("T");
        Input = Read<long>(batch[Keys.InputIds]);
        Positions = Read<long>(batch[Keys.Positions]);
        Labels = Read<long>(batch[Keys.PositionLabels]);
        AtMask = Read<bool>(batch[ScoredPositions.AtMask]);
        scored = new HashSet<long>(Positions.Where((_, m) => Labels[m] != Keys.Ignore));
        shown = [.. encodings.Select((encoding, row) => Shown(encoding, row))];
    }

    /// <summary>What the model sees, flattened "B T".</summary>
    public long[] Input { get; }

    /// <summary>Indices into <see cref="Input"/>, axis M.</summary>
    public long[] Positions { get; }

    /// <summary>Original ids, axis M.</summary>
    public long[] Labels { get; }

    /// <summary>Whether the input there is [MASK], axis M.</summary>
    public bool[] AtMask { get; }

    /// <summary>The sequence a scored position is in.</summary>
    public EncodedSequence EncodingOf(int m) => encodings[(int)(Positions[m] / length)];

    /// <summary>The nearest token beside a scored position that stands for bases and is not hidden, and how far it is.</summary>
    /// <param name="m">Scored position.</param>
    /// <param name="direction">-1 to the left, 1 to the right.</param>
    /// <param name="reach">Farthest distance looked at.</param>
    public (int Id, int Distance)? Nearest(int m, int direction, int reach)
    {
        var encoding = EncodingOf(m);
        for (var distance = 1; distance <= reach; distance++)
        {
            var t = (int)(Positions[m] % length) + direction * distance;
            if (t < 0 || t >= encoding.Ids.Length) return null;
            if (encoding.Spans[t].Length == 0 || vocabulary.IsSpecial(encoding.Ids[t])) continue;
            var position = Positions[m] + direction * distance;
            if (!scored.Contains(position) && Input[position] == encoding.Ids[t]) return (encoding.Ids[t], distance);
        }
        return null;
    }

    /// <summary>
    /// The bases of a scored token that tokens not hidden show, and which bases those are: see <see cref="TokenTable.Agreeing"/>.
    /// </summary>
    public (int Length, ulong Known, ulong Word) Neighbours(int m)
    {
        var row = (int)(Positions[m] / length);
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

    private char[] Shown(EncodedSequence encoding, int row)
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

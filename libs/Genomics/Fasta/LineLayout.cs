namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>Where a record's bases lie in the unpacked file.</summary>
/// <param name="Offset">Byte of the first base.</param>
/// <param name="LineBases">Bases on each line but the last.</param>
/// <param name="LineBytes">Bytes of such a line, its end included.</param>
public sealed record LineLayout(long Offset, int LineBases, int LineBytes)
{
    /// <summary>Known places (base, byte), in order, of a record whose lines differ in length; empty when they do not.</summary>
    public IReadOnlyList<(long Base, long Byte)> Places { get; init; } = [];

    /// <summary>Whether every line but the last has the same length, which is what a <c>.fai</c> can describe.</summary>
    public bool IsUniform => Places.Count == 0;

    /// <summary>A byte from which the base can be reached by reading forward.</summary>
    /// <param name="position">0-based base.</param>
    /// <param name="reached">The base that lies at that byte: <paramref name="position"/> itself when lines are uniform.</param>
    public long ByteOf(long position, out long reached)
    {
        if (IsUniform)
        {
            reached = position;
            return Offset + position / LineBases * LineBytes + position % LineBases;
        }
        var (low, high) = (0, Places.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Places[middle].Base <= position) low = middle;
            else high = middle - 1;
        }
        reached = Places[low].Base;
        return Places[low].Byte;
    }
}

using PluginHost.Libs.Files;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Noise;

/// <summary>A stretch of a sequence.</summary>
/// <param name="Id">The sequence's name.</param>
/// <param name="Start">0-based.</param>
/// <param name="Sequence">A, C, G and T alone.</param>
internal sealed record Segment(string Id, long Start, string Sequence);

/// <summary>Draws segments from sequences, every place as likely as any other. Records of FASTA files stay in the file.</summary>
internal sealed class Segments
{
    private const int Tries = 100_000;
    private readonly SequenceData data;
    private readonly List<SequenceRow> rows;
    private readonly long[] ends;

    public Segments(SequenceData data, CancellationToken cancellation)
    {
        this.data = data;
        rows = [.. data.Rows("sequences read", cancellation)];
        ends = new long[rows.Count];
        var end = 0L;
        for (var i = 0; i < ends.Length; i++) ends[i] = end += rows[i].Length;
    }

    /// <summary>Draws one.</summary>
    /// <param name="length">Bases.</param>
    /// <param name="random">The source of chance.</param>
    /// <exception cref="DataException">No sequence is that long, or they consist of N.</exception>
    public Segment Draw(int length, SeededRandom random)
    {
        if (rows.Max(r => r.Length) is var longest && longest < length)
            throw new DataException($"No sequence of {DataFile.Show(data.Paths[0])} has {length:N0} bases, which a segment takes before "
                + $"its deletions; the longest has {longest:N0}. Choose a smaller --length.");
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var at = random.Next(ends[^1]);
            var found = Array.BinarySearch(ends, at + 1);
            var row = rows[found < 0 ? ~found : found];
            var start = at - (ends[found < 0 ? ~found : found] - row.Length);
            if (start + length > row.Length) continue;
            var sequence = row.Read(start, length);
            if (Iupac.CountAmbiguous(sequence) == 0) return new(row.Id, start, sequence);
        }
        throw new DataException($"In {Tries:N0} places of {DataFile.Show(data.Paths[0])} there was no stretch of {length:N0} bases without "
            + "N; choose a smaller --length, or other sequences.");
    }
}

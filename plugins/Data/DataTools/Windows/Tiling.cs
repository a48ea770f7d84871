using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.DataTools.Windows;

/// <summary>Tiles of a record, a stretch at a time.</summary>
internal static class Tiling
{
    /// <summary>The stretches tiles are laid on: the record, or what lies between runs of N.</summary>
    public static IEnumerable<(long Start, long End)> Stretches(FastaRecord record, bool betweenN)
    {
        if (!betweenN) return [(0, record.Length)];
        var stretches = new List<(long, long)>();
        var start = 0L;
        foreach (var (from, to) in Unknown(record))
        {
            if (from > start) stretches.Add((start, from));
            start = to;
        }
        if (start < record.Length) stretches.Add((start, record.Length));
        return stretches;
    }

    /// <summary>
    /// Tiles of a length, each a fixed step after the last; the final one is as short as the stretch leaves it, if no shorter than allowed
    /// and not inside the one before.
    /// </summary>
    public static IEnumerable<(long Start, long End)> Over(long start, long end, int length, int overlap, int shortest)
    {
        for (var at = start; at < end; at += length - overlap)
        {
            var to = Math.Min(end, at + length);
            if (to - at >= Math.Min(length, shortest) && (at == start || to - at > overlap)) yield return (at, to);
            if (to == end) yield break;
        }
    }

    private static IEnumerable<(long Start, long End)> Unknown(FastaRecord record)
    {
        var map = record.Ambiguity!;
        for (var run = 0; run < map.Runs; run++)
            if (map[run].Code == 'N') yield return (map[run].Start, map[run].End);
    }

    /// <summary>How many N a stretch of a record holds.</summary>
    public static long CountUnknown(FastaRecord record, long start, long end)
    {
        var map = record.Ambiguity!;
        var count = 0L;
        for (var run = map.FirstEndingAfter(start); run < map.Runs && map[run].Start < end; run++)
            if (map[run].Code == 'N') count += Math.Min(end, map[run].End) - Math.Max(start, map[run].Start);
        return count;
    }
}

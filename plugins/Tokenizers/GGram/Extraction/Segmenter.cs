using System.Numerics;

namespace PluginHost.Plugins.GGram;

/// <summary>
/// Puts delimiters between tokens that are not joined; what lies between two of them is a candidate (DNAZEN, section 2.1). Not thread-safe.
/// </summary>
/// <param name="joined">The pairs that are joined.</param>
/// <param name="options">Lengths and what becomes of longer and of last runs.</param>
internal sealed class Segmenter(JoinedPairs joined, ExtractOptions options)
{
    private ulong[] marks = [];
    private readonly int piece = options.LongRuns == LongRuns.Release ? options.MaxLength + 1 : options.MaxLength;

    /// <summary>Calls with every candidate of a sequence.</summary>
    public void Split(ReadOnlySpan<int> sequence, Action<ReadOnlySpan<int>> candidate)
    {
        var words = (sequence.Length + 63) / 64;
        if (marks.Length < words) marks = new ulong[words];
        var joined_T = marks.AsSpan(0, words);
        joined.Mark(sequence, joined_T);
        for (var start = Next(joined_T, 0, set: true); start < sequence.Length;)
        {
            var end = Next(joined_T, start, set: false) + 1;
            if (end - start >= options.MinLength) Take(sequence[start..end], open: end == sequence.Length, candidate);
            start = Next(joined_T, end, set: true);
        }
    }

    /// <summary>The first token from a place on whose bit is set, or is not; past all bits if there is none.</summary>
    private static int Next(ReadOnlySpan<ulong> bits, int from, bool set)
    {
        var flip = set ? 0 : ulong.MaxValue;
        for (var word = from >> 6; word < bits.Length; word++)
        {
            var rest = (bits[word] ^ flip) & (word == from >> 6 ? ulong.MaxValue << (from & 63) : ulong.MaxValue);
            if (rest != 0) return (word << 6) + BitOperations.TrailingZeroCount(rest);
        }
        return bits.Length << 6;
    }

    private void Take(ReadOnlySpan<int> run, bool open, Action<ReadOnlySpan<int>> candidate)
    {
        var lost = open && !options.FlushLast;
        if (options.LongRuns == LongRuns.Drop || run.Length <= options.MaxLength)
        {
            if (!lost && run.Length <= options.MaxLength) candidate(run);
            return;
        }
        for (var start = 0; start < run.Length; start += piece)
        {
            var end = Math.Min(start + piece, run.Length);
            if (end == run.Length && lost) return;
            if (end - start >= options.MinLength && end - start <= options.MaxLength) candidate(run[start..end]);
        }
    }
}

namespace PluginHost.Plugins.GGram;

/// <summary>Puts delimiters between tokens that are not joined; what lies between two of them is a candidate (DNAZEN, section 2.1).</summary>
/// <param name="joined">The pairs that are joined.</param>
/// <param name="options">Lengths and what becomes of longer and of last runs.</param>
internal sealed class Segmenter(JoinedPairs joined, ExtractOptions options)
{
    private readonly int piece = options.LongRuns == LongRuns.Release ? options.MaxLength + 1 : options.MaxLength;

    /// <summary>Calls with every candidate of a sequence.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    public void Split(ReadOnlySpan<int> sequence, Action<ReadOnlySpan<int>> candidate)
    {
        var start = 0;
        for (var i = 1; i <= sequence.Length; i++)
        {
            var end = i == sequence.Length;
            if (!end && (sequence[i - 1] | sequence[i]) >= 0 && joined.Contains(sequence[i - 1], sequence[i])) continue;
            if (i - start >= options.MinLength) Take(sequence[start..i], open: end, candidate);
            start = i;
        }
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

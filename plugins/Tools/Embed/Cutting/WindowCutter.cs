namespace PluginHost.Plugins.Embed.Cutting;

/// <summary>Finds where a sequence must be cut so that every window holds as many tokens as allowed.</summary>
/// <param name="tokenizer">The model's.</param>
/// <param name="maxTokens">Most tokens of a window, special ones included.</param>
/// <param name="overlap">Bases that neighbouring windows share.</param>
internal sealed class WindowCutter(ITokenizer tokenizer, int maxTokens, int overlap)
{
    private readonly EncodeContext limit = new(maxTokens);

    // A window can hold no more bases than its tokens at their longest: what lies beyond need not be encoded to find its end.
    private readonly long reach = (long)maxTokens * tokenizer.Vocabulary.Tokens.Max(t => t.Length) + 1;

    /// <summary>The windows of a sequence that is too long; none for one that fits.</summary>
    /// <exception cref="DataException">No token fits.</exception>
    /// <exception cref="UsageException">The overlap leaves no step.</exception>
    public IReadOnlyList<(int Start, int End)> Cut(Sample sample)
    {
        if (sample.Sequence.Length == 0 || tokenizer.CountTokens(sample, limit) < maxTokens) return [];
        List<(int Start, int End)> windows = [];
        for (var start = 0; ;)
        {
            var end = End(sample, start);
            windows.Add((start, end));
            if (end == sample.Sequence.Length) return windows.Count > 1 ? windows : [];
            if (end == start)
                throw new DataException(
                    $"{sample.Where}: no token fits into a window of {maxTokens} tokens; allow more with --window-tokens.");
            if (end - overlap <= start)
                throw new UsageException(
                    $"--overlap {overlap}: {sample.Where} is cut into windows of {end - start:N0} bases, which must be longer than what "
                    + "they share.");
            start = end - overlap;
        }
    }

    private int End(Sample sample, int start)
    {
        var length = sample.Sequence.Length;
        for (var piece = reach; ; piece *= 2)
        {
            var end = (int)Math.Min(length, start + piece);
            var dropped = tokenizer.Encode(sample with { Sequence = sample.Sequence[start..end] }, limit).DroppedBases;
            // Nothing dropped before the sequence's end: tokens are longer than their texts, so look farther.
            if (dropped > 0 || end == length) return end - dropped;
        }
    }
}

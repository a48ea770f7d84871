namespace PluginHost.Plugins.Embed.Cutting;

/// <summary>A stretch of a sequence that the model takes at once: the whole, or one of several that may overlap.</summary>
/// <param name="Sample">Place of the sequence in the input.</param>
/// <param name="Start">Its first base.</param>
/// <param name="IsFirst">Whether no window of the sequence comes before.</param>
/// <param name="IsLast">Whether none comes after.</param>
/// <param name="Low">
/// Twice the base halfway into the overlap with the window before: tokens whose middle lies before it are that one's.
/// </param>
/// <param name="High">Likewise with the window after: tokens from there on are that one's.</param>
/// <param name="Bases">Of the whole sequence; null for one that fits.</param>
internal readonly record struct Window(long Sample, int Start, bool IsFirst, bool IsLast, long Low, long High, int? Bases = null)
{
    /// <summary>A sequence that fits.</summary>
    public static Window Whole(long sample) => new(sample, 0, true, true, long.MinValue, long.MaxValue);

    /// <summary>Whether a token of it is farther from this window's edges than from those of its neighbours.</summary>
    /// <param name="token">In the sequence's bases.</param>
    public bool Owns(BaseSpan token) => token.Start + (long)token.End is var twiceMiddle && twiceMiddle >= Low && twiceMiddle < High;
}

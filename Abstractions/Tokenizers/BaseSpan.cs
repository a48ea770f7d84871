namespace PluginHost;

/// <summary>The bases a token covers in its sample's sequence: half-open, 0-based, in bases. Empty for special tokens.</summary>
/// <param name="Start">First base.</param>
/// <param name="End">One past the last base.</param>
public readonly record struct BaseSpan(int Start, int End)
{
    /// <summary>The span of a special token.</summary>
    public static readonly BaseSpan None;

    /// <summary>Number of bases.</summary>
    public int Length => End - Start;

    /// <summary>Whether the two share a base.</summary>
    public bool Overlaps(BaseSpan other) => Start < other.End && other.Start < End;
}

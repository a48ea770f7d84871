namespace PluginHost.Plugins.KMer;

/// <summary>Where the tokens of a sequence lie.</summary>
/// <param name="K">Bases a whole token.</param>
/// <param name="Stride">Bases between starts.</param>
/// <param name="Tail">What becomes of the bases after the last whole token.</param>
internal readonly record struct KMerWindows(int K, int Stride, KMerTail Tail)
{
    /// <summary>The shortest tail that can occur, or K when none can.</summary>
    public int ShortestTail => Stride == 1 || Tail == KMerTail.Drop ? K : Math.Max(1, K - Stride + 1);

    /// <summary>Tokens of a sequence of <paramref name="length"/> bases. A sequence below K bases is one token.</summary>
    public int Count(int length)
    {
        if (length < K) return length == 0 ? 0 : 1;
        var whole = (length - K) / Stride + 1;
        var covered = (whole - 1) * Stride + K;
        return Tail == KMerTail.Cover && covered < length && whole * Stride < length ? whole + 1 : whole;
    }

    /// <summary>The bases of a token.</summary>
    public BaseSpan Span(int token, int length) => new(token * Stride, Math.Min(token * Stride + K, length));
}

namespace PluginHost.Plugins.GGram;

/// <summary>The pairs of neighbours that are joined: those whose pointwise mutual information reaches the threshold (DNAZEN, equation 1).</summary>
internal sealed class JoinedPairs
{
    private const long LargestBitmap = 64L << 20;   // bytes: every pair up to 23,170 tokens
    private readonly int tokens;
    private readonly ulong[]? bits;
    private readonly HashSet<ulong>? pairs;

    /// <param name="tokens">Token ids are below this.</param>
    public JoinedPairs(int tokens)
    {
        this.tokens = tokens;
        var all = (long)tokens * tokens;
        if (all / 8 <= LargestBitmap) bits = new ulong[(all + 63) / 64];
        else pairs = [];
    }

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Different pairs seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Joins what the options say.</summary>
    public static JoinedPairs Choose(PairCounts counts, ExtractOptions options, CancellationToken cancellation)
    {
        var joined = new JoinedPairs(counts.Tokens.Length);
        var (tokenTotal, pairTotal) = (counts.TokenTotal, counts.PairTotal);
        foreach (var (first, second, count) in counts.Pairs(cancellation))
        {
            joined.Seen++;
            if (count < options.MinPairCount || counts.Tokens[first] < options.MinTokenCount || counts.Tokens[second] < options.MinTokenCount) continue;
            if (Pmi(count, counts.Tokens[first], counts.Tokens[second], tokenTotal, pairTotal, options) >= options.MinPmi) joined.Add(first, second);
        }
        return joined;
    }

    /// <summary>log of P(ab) / (P(a) P(b)).</summary>
    public static double Pmi(long both, long first, long second, long tokenTotal, long pairTotal, ExtractOptions options)
    {
        double of = options.Denominator == PmiDenominator.Pairs ? pairTotal : tokenTotal;
        double pairsOf = options.Denominator == PmiDenominator.Tokens ? tokenTotal : pairTotal;
        var ratio = both / pairsOf / (first / of) / (second / of);
        return options.LogBase switch
        {
            LogBase.Two => Math.Log2(ratio),
            LogBase.Ten => Math.Log10(ratio),
            _ => Math.Log(ratio),
        };
    }

    /// <summary>Joins a pair.</summary>
    public void Add(int first, int second)
    {
        Count++;
        if (pairs is not null)
        {
            pairs.Add((ulong)(uint)first << 32 | (uint)second);
            return;
        }
        var bit = (long)first * tokens + second;
        bits![bit >> 6] |= 1UL << (int)(bit & 63);
    }

    /// <summary>Whether a pair is joined.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    public bool Contains(int first, int second)
    {
        if (bits is null) return pairs!.Contains((ulong)(uint)first << 32 | (uint)second);
        var bit = (long)first * tokens + second;
        return (bits[bit >> 6] >> (int)(bit & 63) & 1) != 0;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.GGram;

/// <summary>
/// The pairs of neighbours that are joined: those whose pointwise mutual information reaches the threshold (DNAZEN, equation 1).
/// </summary>
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
    /// <param name="counts">Of pairs.</param>
    /// <param name="singles">Of tokens, axis V.</param>
    /// <param name="options">Threshold, logarithm, denominator, least counts.</param>
    /// <param name="cancellation">Stops.</param>
    public static JoinedPairs Choose(PairCounts counts, long[] singles, ExtractOptions options, CancellationToken cancellation)
    {
        var joined = new JoinedPairs(singles.Length);
        var (tokenTotal, pairTotal) = (singles.Sum(), counts.PairTotal);
        foreach (var (first, second, count) in counts.Pairs(cancellation))
        {
            joined.Seen++;
            if (count < options.MinPairCount || singles[first] < options.MinTokenCount || singles[second] < options.MinTokenCount) continue;
            if (Pmi(count, singles[first], singles[second], tokenTotal, pairTotal, options) >= options.MinPmi) joined.Add(first, second);
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

    /// <summary>Tells of every token but the last whether it is joined to the next, 64 tokens a number, lowest bit first.</summary>
    /// <param name="sequence">Tokens and gaps.</param>
    /// <param name="joined">Receives the bits; those beyond the last pair are 0.</param>
    public void Mark(ReadOnlySpan<int> sequence, Span<ulong> joined)
    {
        joined.Clear();
        if (bits is not null) MarkDense(sequence, joined);
        else
            for (var i = 0; i + 1 < sequence.Length; i++)
                if ((sequence[i] | sequence[i + 1]) >= 0 && pairs!.Contains((ulong)(uint)sequence[i] << 32 | (uint)sequence[i + 1]))
                    joined[i >> 6] |= 1UL << (i & 63);
    }

    /// <summary>Without branches: whether a pair is joined cannot be guessed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MarkDense(ReadOnlySpan<int> sequence, Span<ulong> joined)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(bits!);
        ref var token = ref MemoryMarshal.GetReference(sequence);
        var stride = (long)tokens;
        for (var from = 0; from + 1 < sequence.Length; from += 64)
        {
            var word = 0UL;
            var length = Math.Min(64, sequence.Length - 1 - from);
            for (var i = 0; i < length; i++)
            {
                long first = Unsafe.Add(ref token, from + i), second = Unsafe.Add(ref token, from + i + 1);
                var known = ~((first | second) >> 63);   // 0 beside a gap
                var bit = (first * stride + second) & known;
                word |= (Unsafe.Add(ref table, (nint)(bit >> 6)) >> (int)(bit & 63) & 1 & (ulong)known) << i;
            }
            joined[from >> 6] = word;
        }
    }
}

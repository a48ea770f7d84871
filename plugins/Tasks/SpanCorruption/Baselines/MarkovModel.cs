namespace PluginHost.Plugins.SpanCorruption;

/// <summary>
/// Frequencies of bases after contexts of every length up to an order, each mixed with the next shorter one as if that had been
/// seen a number of times (MacKay and Peto 1995). Tokens other than single bases A, C, G and T go by frequency and end contexts.
/// </summary>
internal sealed class MarkovModel
{
    private static readonly double[] strengths = [1, 4, 16, 64, 256, 1024];

    private readonly int order;
    private readonly int[] digits;
    private readonly int[] bases;
    private readonly int[][] counts;
    private readonly long[] others;
    private readonly int kinds;
    private int chosenOrder;
    private double strength = 16;
    private double total;
    private double single;

    /// <param name="vocabulary">Token texts.</param>
    /// <param name="order">Longest context.</param>
    public MarkovModel(Vocabulary vocabulary, int order)
    {
        this.order = chosenOrder = order;
        digits = new int[vocabulary.Count];
        Array.Fill(digits, -1);
        bases = [.. "ACGT".Select(letter => vocabulary.Find(letter.ToString()) ?? -1)];
        for (var i = 0; i < bases.Length; i++)
            if (bases[i] >= 0) digits[bases[i]] = i;
        counts = [.. Enumerable.Range(0, order + 1).Select(o => new int[4 << (2 * o)])];
        others = new long[vocabulary.Count];
        kinds = vocabulary.Regular.Count();
    }

    /// <summary>Counts a sequence.</summary>
    public void Learn(IEnumerable<int> tokens)
    {
        var (context, known) = (0, 0);
        var mask = (1 << (2 * order)) - 1;
        foreach (var id in tokens)
        {
            others[id]++;
            var digit = digits[id];
            if (digit < 0)
            {
                known = 0;
                continue;
            }
            for (var o = 0; o <= Math.Min(order, known); o++) counts[o][(context & ((1 << (2 * o)) - 1)) << 2 | digit]++;
            context = (context << 2 | digit) & mask;
            known = Math.Min(order, known + 1);
        }
    }

    /// <summary>Ends learning, and takes the order and smoothing that suit some tokens best.</summary>
    public void Choose(IEnumerable<(List<int> Before, int Next)> asked)
    {
        // Every regular token is possible: one is added to each.
        total = others.Sum() + kinds;
        single = bases.Where(b => b >= 0).Sum(b => others[b] + 1.0);
        var losses = new double[strengths.Length, order + 1];
        foreach (var (before, next) in asked)
        {
            if (digits[next] < 0) continue;
            for (var s = 0; s < strengths.Length; s++)
            {
                var p = 0.25;
                for (var o = 0; o <= order; o++)
                {
                    p = Mix(before, digits[next], o, strengths[s], p);
                    losses[s, o] -= Math.Log(p);
                }
            }
        }
        var best = double.PositiveInfinity;
        for (var s = 0; s < strengths.Length; s++)
            for (var o = 0; o <= order; o++)
                if (losses[s, o] < best) (best, strength, chosenOrder) = (losses[s, o], strengths[s], o);
    }

    /// <summary>Probability of a token after others; only after <see cref="Choose"/>.</summary>
    public double Probability(List<int> before, int next)
    {
        if (digits[next] < 0) return (others[next] + 1) / total;
        var p = 0.25;
        for (var o = 0; o <= chosenOrder; o++) p = Mix(before, digits[next], o, strength, p);
        return p * single / total;
    }

    /// <summary>The most probable base after others; the most frequent token where the vocabulary has no single bases.</summary>
    public int Best(List<int> before)
    {
        var known = bases.Where(b => b >= 0).ToList();
        return known.Count == 0 ? Array.IndexOf(others, others.Max()) : known.MaxBy(b => Probability(before, b));
    }

    private double Mix(List<int> before, int digit, int o, double weight, double shorter)
    {
        if (before.Count < o) return shorter;
        var context = 0;
        for (var i = before.Count - o; i < before.Count; i++)
        {
            if (digits[before[i]] < 0) return shorter;
            context = context << 2 | digits[before[i]];
        }
        var row = counts[o].AsSpan(context << 2, 4);
        var seen = row[0] + row[1] + row[2] + row[3];
        return (row[digit] + weight * shorter) / (seen + weight);
    }
}

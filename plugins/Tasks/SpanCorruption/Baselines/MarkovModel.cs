namespace PluginHost.Plugins.SpanCorruption;

/// <summary>
/// Frequencies of bases after contexts of every length up to an order, each mixed with the next shorter one as if that had been
/// seen a number of times (MacKay and Peto 1995). Optionally counted also by place in the sequence, for sequences that are aligned
/// to each other. Tokens other than single bases A, C, G and T go by frequency and end contexts.
/// </summary>
internal sealed class MarkovModel
{
    private static readonly double[] strengths = [1, 4, 16, 64, 256, 1024];

    // Places further on are not told apart.
    private const int MostPlaces = 2048;
    private const int PlaceOrder = 2;

    private readonly int order;
    private readonly int[][]? places;
    private readonly int[] digits;
    private readonly int[] bases;
    private readonly int[][] counts;
    private readonly long[] others;
    private readonly int kinds;
    private readonly double uniform;
    private int chosenOrder;
    private int chosenPlaceOrder = -1;
    private double strength = 16;
    private double placeStrength = 16;
    private double total;
    private double single;

    /// <param name="vocabulary">Token texts.</param>
    /// <param name="order">Longest context.</param>
    /// <param name="byPlace">Whether to count by place too.</param>
    /// <param name="letters">The bases that contexts are made of, at most four.</param>
    public MarkovModel(Vocabulary vocabulary, int order, bool byPlace = false, string letters = "ACGT")
    {
        if (byPlace) places = [.. Enumerable.Range(0, PlaceOrder + 1).Select(o => new int[MostPlaces * (4 << (2 * o))])];
        this.order = chosenOrder = order;
        digits = new int[vocabulary.Count];
        Array.Fill(digits, -1);
        bases = [.. letters.Select(letter => vocabulary.Find(letter.ToString()) ?? -1)];
        for (var i = 0; i < bases.Length; i++)
            if (bases[i] >= 0) digits[bases[i]] = i;
        counts = [.. Enumerable.Range(0, order + 1).Select(o => new int[4 << (2 * o)])];
        others = new long[vocabulary.Count];
        kinds = vocabulary.Regular.Count();
        uniform = 1.0 / Math.Max(1, letters.Length);
    }

    /// <summary>Counts a sequence.</summary>
    public void Learn(IEnumerable<int> tokens)
    {
        var (context, known, place) = (0, 0, -1);
        var mask = (1 << (2 * order)) - 1;
        foreach (var id in tokens)
        {
            others[id]++;
            place++;
            var digit = digits[id];
            if (digit < 0)
            {
                known = 0;
                continue;
            }
            for (var o = 0; o <= Math.Min(order, known); o++) counts[o][(context & ((1 << (2 * o)) - 1)) << 2 | digit]++;
            for (var o = 0; places is not null && place < MostPlaces && o <= Math.Min(PlaceOrder, known); o++)
                places[o][((place << (2 * o)) + (context & ((1 << (2 * o)) - 1))) << 2 | digit]++;
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
        var all = asked.Where(a => digits[a.Next] >= 0).Select(a => (Before: a.Before.ToArray(), Digit: digits[a.Next])).ToList();
        (strength, chosenOrder) = Best(all, order, _ => uniform, (a, o, s, p) => Mix(counts[o], 0, a.Before, a.Digit, o, s, p));
        if (places is not null)
            (placeStrength, chosenPlaceOrder) = Best(all, PlaceOrder, a => InContext(a.Before, a.Digit),
                (a, o, s, p) => Mix(places[o], a.Before.Length, a.Before, a.Digit, o, s, p));
    }

    private static (double Strength, int Order) Best(
        List<(int[] Before, int Digit)> asked, int longest, Func<(int[] Before, int Digit), double> start,
        Func<(int[] Before, int Digit), int, double, double, double> mix)
    {
        var losses = new double[strengths.Length, longest + 1];
        foreach (var one in asked)
        {
            var first = start(one);
            for (var s = 0; s < strengths.Length; s++)
            {
                var p = first;
                for (var o = 0; o <= longest; o++)
                {
                    p = mix(one, o, strengths[s], p);
                    losses[s, o] -= Math.Log(p);
                }
            }
        }
        var best = (Loss: double.PositiveInfinity, Strength: strengths[0], Order: 0);
        for (var s = 0; s < strengths.Length; s++)
            for (var o = 0; o <= longest; o++)
                if (losses[s, o] < best.Loss) best = (losses[s, o], strengths[s], o);
        return (best.Strength, best.Order);
    }

    /// <summary>Probability of a token after others; only after <see cref="Choose"/>.</summary>
    public double Probability(List<int> before, int next)
    {
        if (digits[next] < 0) return (others[next] + 1) / total;
        ReadOnlySpan<int> context = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(before);
        var p = InContext(context, digits[next]);
        for (var o = 0; o <= chosenPlaceOrder; o++) p = Mix(places![o], before.Count, context, digits[next], o, placeStrength, p);
        return p * single / total;
    }

    private double InContext(ReadOnlySpan<int> before, int digit)
    {
        var p = uniform;
        for (var o = 0; o <= chosenOrder; o++) p = Mix(counts[o], 0, before, digit, o, strength, p);
        return p;
    }

    /// <summary>The most probable base after others; the most frequent token where the vocabulary has no single bases.</summary>
    public int Best(List<int> before)
    {
        var known = bases.Where(b => b >= 0).ToList();
        return known.Count == 0 ? Array.IndexOf(others, others.Max()) : known.MaxBy(b => Probability(before, b));
    }

    private double Mix(int[] table, int place, ReadOnlySpan<int> before, int digit, int o, double weight, double shorter)
    {
        if (before.Length < o || place >= MostPlaces) return shorter;
        var context = place;
        foreach (var id in before[^o..])
        {
            if (digits[id] < 0) return shorter;
            context = context << 2 | digits[id];
        }
        var row = table.AsSpan(context << 2, 4);
        var seen = row[0] + row[1] + row[2] + row[3];
        return (row[digit] + weight * shorter) / (seen + weight);
    }
}

namespace PluginHost.Libs.NextToken;

/// <summary>How often each base followed each context of 0 to a highest number of bases. Contexts hold A, C, G, T only.</summary>
internal sealed class BaseCounts
{
    private readonly int[][] counts;

    /// <param name="highestOrder">Most bases of context; 4 to this plus one numbers are held, four bytes each.</param>
    public BaseCounts(int highestOrder) =>
        counts = [.. Enumerable.Range(0, highestOrder + 1).Select(order => new int[1 << (2 * (order + 1))])];

    /// <summary>Bases other than A, C, G, T.</summary>
    public long Others { get; private set; }

    /// <summary>All bases counted.</summary>
    public long Total { get; private set; }

    /// <summary>0 to 3 for A, C, G, T; -1 for anything else.</summary>
    public static int Digit(char letter) => letter switch { 'A' or 'a' => 0, 'C' or 'c' => 1, 'G' or 'g' => 2, 'T' or 't' => 3, _ => -1 };

    /// <summary>Counts every base of a stretch, with the bases before it as context.</summary>
    public void Add(string bases, BaseSpan span)
    {
        var (context, known) = Before(bases, span.Start);
        for (var i = span.Start; i < span.End; i++)
        {
            var digit = Digit(bases[i]);
            Total++;
            if (digit < 0)
            {
                Others++;
                known = 0;
                continue;
            }
            for (var order = 0; order <= Math.Min(known, counts.Length - 1); order++)
                counts[order][(Low(context, order) << 2) | digit]++;
            context = context << 2 | digit;
            known++;
        }
    }

    /// <summary>How often a base followed a context of some order, and any base did.</summary>
    public (int Seen, int InContext) Look(int order, int context, int digit)
    {
        var start = Low(context, order) << 2;
        var row = counts[order];
        return (row[start | digit], row[start] + row[start | 1] + row[start | 2] + row[start | 3]);
    }

    /// <summary>The bases before a place, two bits each, and how many of them are A, C, G, T without a break.</summary>
    public (int Context, int Known) Before(string bases, int place)
    {
        var (context, known) = (0, 0);
        for (var i = Math.Max(0, place - (counts.Length - 1)); i < place; i++)
        {
            var digit = Digit(bases[i]);
            (context, known) = digit < 0 ? (0, 0) : (context << 2 | digit, known + 1);
        }
        return (context, known);
    }

    private static int Low(int context, int order) => context & ((1 << (2 * order)) - 1);
}

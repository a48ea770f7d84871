namespace PluginHost.Libs.NextToken;

/// <summary>
/// Markov chain over bases, its orders interpolated. Strengths and the order are chosen on a tenth of the rows, which is kept
/// out of the counts until then; of these, what is known from other rows does not count, for windows drawn at random read a short genome
/// several times. Bases other than A, C, G, T have one probability and break contexts off.
/// </summary>
/// <param name="highestOrder">Most bases of context.</param>
public sealed class BaseChain(int highestOrder = BaseChain.DefaultHighestOrder)
{
    /// <summary>Contexts of 11 bases: tables of 90 MB in all.</summary>
    public const int DefaultHighestOrder = 11;

    private const int HoldOutEvery = 10;
    private const int MostHeldOutBases = 500_000;
    private readonly BaseCounts counts = new(highestOrder);
    private double[] strengths = [];

    /// <summary>The order chosen; -1 for equal probabilities.</summary>
    public int Order => strengths.Length - 1;

    /// <summary>Counts stretches with the bases before them as context, then chooses.</summary>
    /// <param name="rows">Rows of stretches; a row is held out whole.</param>
    public void Fit(IEnumerable<IReadOnlyList<(string Bases, BaseSpan Span)>> rows)
    {
        List<(string Bases, BaseSpan Span)> heldOut = [];
        SeenWords counted = new(), keptOut = new();
        var (number, heldOutBases) = (0, 0L);
        foreach (var row in rows)
        {
            if (number++ % HoldOutEvery == HoldOutEvery - 1 && heldOutBases < MostHeldOutBases)
            {
                heldOut.AddRange(row);
                heldOutBases += row.Sum(s => (long)s.Span.Length);
                foreach (var (bases, span) in row) keptOut.Add(bases, span);
                continue;
            }
            foreach (var (bases, span) in row)
            {
                counts.Add(bases, span);
                // Once nothing more is kept out, words that no kept row has need no memory.
                counted.Add(bases, span, heldOutBases < MostHeldOutBases ? null : keptOut);
            }
        }
        strengths = Choose(heldOut, counted);
        foreach (var (bases, span) in heldOut) counts.Add(bases, span);
    }

    /// <summary>Natural logarithm of the probability of a stretch given the bases before it.</summary>
    public double Log(string bases, BaseSpan span)
    {
        var log = 0.0;
        var (context, known) = counts.Before(bases, span.Start);
        for (var i = span.Start; i < span.End; i++)
        {
            var digit = BaseCounts.Digit(bases[i]);
            log += Math.Log(Probability(context, known, digit));
            (context, known) = digit < 0 ? (0, 0) : (context << 2 | digit, known + 1);
        }
        return log;
    }

    /// <summary>Probability of a base, 0 to 3 or below 0 for any other letter, after a context.</summary>
    /// <param name="context">See <see cref="Before"/>.</param>
    /// <param name="known">Letters of it.</param>
    /// <param name="digit">The base.</param>
    public double Probability(int context, int known, int digit)
    {
        var other = (counts.Others + 0.5) / (counts.Total + 1);
        if (digit < 0) return other;
        var p = 0.25;
        for (var order = 0; order < strengths.Length && order <= known; order++)
        {
            var (seen, inContext) = counts.Look(order, context, digit);
            p = Backoff.Mix(seen, inContext, p, strengths[order]);
        }
        return (1 - other) * p;
    }

    /// <summary>The context of a place, two bits a base, and how many bases it has.</summary>
    public (int Context, int Known) Before(string bases, int place) => counts.Before(bases, place);

    private double[] Choose(List<(string Bases, BaseSpan Span)> heldOut, SeenWords counted)
    {
        List<(int Context, int Known, int Digit)> items = [];
        foreach (var (bases, span) in heldOut)
        {
            var elsewhere = counted.Known(bases, span);
            var (context, known) = counts.Before(bases, span.Start);
            for (var i = span.Start; i < span.End; i++)
            {
                var digit = BaseCounts.Digit(bases[i]);
                if (digit >= 0 && !elsewhere.Contains(i)) items.Add((context, known, digit));
                (context, known) = digit < 0 ? (0, 0) : (context << 2 | digit, known + 1);
            }
        }
        if (items.Count == 0) return [1];
        var floor = new double[items.Count];
        Array.Fill(floor, 0.25);
        return Backoff.Choose(Enumerable.Range(0, highestOrder + 1).Select(order => items.Select(item =>
        {
            if (order > item.Known) return (0.0, 0.0);
            var (seen, inContext) = counts.Look(order, item.Context, item.Digit);
            return ((double)seen, (double)inContext);
        }).ToArray()), floor);
    }
}

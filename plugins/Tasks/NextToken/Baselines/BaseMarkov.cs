namespace PluginHost.Plugins.NextToken;

/// <summary>
/// Markov model over bases: a word's probability is the product of its new bases', each given the bases before it, across
/// token borders. Orders are interpolated; the order is chosen on a tenth of the training sequences kept out of the counts
/// until then. The length of a word is taken as known, which favours this baseline where lengths vary.
/// </summary>
/// <param name="vocabulary">Tells words from other tokens.</param>
/// <param name="highestOrder">Most bases of context.</param>
public sealed class BaseMarkov(Vocabulary vocabulary, int highestOrder = BaseMarkov.DefaultHighestOrder) : ITokenModel
{
    /// <summary>Contexts of 11 bases: a table of 67 MB.</summary>
    public const int DefaultHighestOrder = 11;

    private const int LongestSearched = 8;
    private const int HoldOutEvery = 10;
    private const int MostHeldOutBases = 500_000;
    private readonly BaseCounts counts = new(highestOrder);
    private readonly Dictionary<int, long> others = [];
    private long words;
    private long notWords;
    private double[] strengths = [];

    /// <summary>The order chosen.</summary>
    public int Order => strengths.Length - 1;

    /// <inheritdoc/>
    public void Fit(IEnumerable<IReadOnlyList<AskedToken>> batches)
    {
        List<AskedToken> heldOut = [];
        var (number, heldOutBases) = (0, 0L);
        foreach (var row in batches.SelectMany(batch => batch.GroupBy(t => t.Encoding)))
        {
            if (number++ % HoldOutEvery != HoldOutEvery - 1 || heldOutBases >= MostHeldOutBases)
            {
                foreach (var token in row) Count(token);
                continue;
            }
            heldOut.AddRange(row);
            heldOutBases += row.Sum(t => (long)t.New.Length);
        }
        strengths = Choose(heldOut);
        foreach (var token in heldOut) Count(token);
    }

    /// <inheritdoc/>
    public (double Loss, int Best) Predict(AskedToken token)
    {
        var isWord = (words + 1.0) / (words + notWords + 2);
        var span = token.New;
        if (span.Length == 0)
            return (-Math.Log((1 - isWord) * (others.GetValueOrDefault(token.Label) + 1.0) / (notWords + vocabulary.Count)), token.Label);
        var loss = -Math.Log(isWord);
        var (context, known) = counts.Before(token.Bases, span.Start);
        var rest = context;
        var run = known;
        for (var i = span.Start; i < span.End; i++)
        {
            var digit = BaseCounts.Digit(token.Bases[i]);
            loss -= Math.Log(Probability(rest, run, digit));
            (rest, run) = digit < 0 ? (0, 0) : (rest << 2 | digit, run + 1);
        }
        return (loss, Best(token, span, context, known));
    }

    private double Probability(int context, int known, int digit)
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

    /// <summary>The most probable word of the same length (for long words, base after base): depth first, giving up branches that cannot beat the best so far.</summary>
    private int Best(AskedToken token, BaseSpan span, int context, int known)
    {
        var all = token.Encoding.Spans[token.Place];
        var word = token.Bases[all.Start..all.End].ToCharArray();
        var (best, bestLog) = (-1, double.NegativeInfinity);
        Search(span.Start - all.Start, context, known, 0);
        return best;

        // Long words would have too many branches: the first found, the greedy one, stands.
        void Search(int place, int before, int run, double log)
        {
            if (place == word.Length)
            {
                if (log > bestLog && vocabulary.Find(new string(word)) is { } id) (best, bestLog) = (id, log);
                return;
            }
            Span<double> logs = stackalloc double[4];
            for (var digit = 0; digit < 4; digit++) logs[digit] = log + Math.Log(Probability(before, run, digit));
            for (var turn = 0; turn < 4; turn++)
            {
                var next = 0;
                for (var digit = 1; digit < 4; digit++)
                    if (logs[digit] > logs[next]) next = digit;
                if (logs[next] <= bestLog || (best >= 0 && span.Length > LongestSearched)) return;
                word[place] = "ACGT"[next];
                Search(place + 1, before << 2 | next, run + 1, logs[next]);
                logs[next] = double.NegativeInfinity;
            }
        }
    }

    private void Count(AskedToken token)
    {
        var span = token.New;
        if (span.Length > 0)
        {
            words++;
            // The first token is never asked for, but its bases are there to be counted.
            counts.Add(token.Bases, token.Place == FirstAsked(token.Encoding) ? new(0, span.End) : span);
            return;
        }
        notWords++;
        others[token.Label] = others.GetValueOrDefault(token.Label) + 1;
    }

    private static int FirstAsked(Encoding encoding)
    {
        for (var t = 1; t < encoding.Spans.Length; t++)
            if (encoding.Spans[t].Length > 0) return t;
        return 1;
    }

    private double[] Choose(List<AskedToken> heldOut)
    {
        List<(int Context, int Known, int Digit)> items = [];
        foreach (var token in heldOut)
        {
            var span = token.New;
            var (context, known) = counts.Before(token.Bases, span.Start);
            for (var i = span.Start; i < span.End; i++)
            {
                var digit = BaseCounts.Digit(token.Bases[i]);
                if (digit >= 0) items.Add((context, known, digit));
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

namespace PluginHost.Plugins.MaskedLm;

/// <summary>
/// Token statistics of the training batches, apart for each prompt: where a tokenizer says in leading special tokens which vocabulary a
/// sequence is in, a trivial predictor knows that too.
/// </summary>
internal sealed class FittedTokens
{
    private const int TrainBatches = 200;

    /// <summary>One batch in so many chooses between ways to smooth, and is counted only afterwards.</summary>
    private const int HeldOutEvery = 10;

    /// <summary>Scored positions that choose between ways to smooth.</summary>
    private const int HeldOutPositions = 4000;

    private const int LargestReach = 8;
    private static readonly double[] strengths = [3, 10, 30, 100, 300, 1000, 3000, 10_000];

    private readonly Vocabulary vocabulary;
    private readonly Facts facts;
    private readonly Dictionary<string, TokenTable> tables;
    private readonly Dictionary<string, ContextCounts> contexts = [];
    private readonly TokenTable unprompted;
    private (double Strength, bool Multiply) smoothing = (1000, true);

    public FittedTokens(BaselineContext context, int[] askable, Facts facts)
    {
        vocabulary = context.Tokenizer.Vocabulary;
        this.facts = facts;
        Dictionary<string, long[]> counts = [];
        List<EncodedSequence> later = [];
        List<HiddenBatch> heldOut = [];
        var number = 0;
        foreach (var batch in context.TrainBatches(TrainBatches))
        {
            var hold = facts.HasFlag(Facts.Context) && ++number % HeldOutEvery == 0;
            if (hold) heldOut.Add(new HiddenBatch(batch, vocabulary));
            foreach (var encoding in batch.Encodings)
            {
                Count(counts, encoding);
                if (hold) later.Add(encoding);
                else if (facts.HasFlag(Facts.Context)) AddContext(encoding);
            }
        }
        tables = counts.ToDictionary(c => c.Key, c => new TokenTable(vocabulary, c.Value, askable));
        unprompted = new TokenTable(vocabulary, Sum(counts.Values, vocabulary.Count), askable);
        if (heldOut.Count > 0) smoothing = Choose(heldOut);
        foreach (var encoding in later) AddContext(encoding);
    }

    /// <summary>What to believe about a scored position from everything but the token that stands there.</summary>
    public Belief About(HiddenBatch hidden, int m) => About(hidden, m, smoothing.Strength, smoothing.Multiply);

    private Belief About(HiddenBatch hidden, int m, double strength, bool multiply)
    {
        var prompt = Prompt(hidden.EncodingOf(m));
        var table = tables.GetValueOrDefault(prompt, unprompted);
        var (length, known, word) = facts.HasFlag(Facts.Neighbours) ? hidden.Neighbours(m) : default;
        if (!contexts.TryGetValue(prompt, out var counts)) return table.About(length, known, word);
        return new ContextBelief(table, counts, strength, multiply)
            .About(hidden.Nearest(m, -1, counts.Reach), hidden.Nearest(m, 1, counts.Reach), table.AgreeingIds(length, known, word));
    }

    private (double, bool) Choose(List<HiddenBatch> heldOut)
    {
        var positions = heldOut.SelectMany(hidden => Enumerable.Range(0, hidden.Labels.Length)
            .Where(m => hidden.AtMask[m] && hidden.Labels[m] != Keys.Ignore).Select(m => (hidden, m))).Take(HeldOutPositions).ToList();
        return strengths.SelectMany(s => new[] { (Strength: s, Multiply: true), (Strength: s, Multiply: false) })
            .MinBy(way => positions.Sum(p => -Math.Log(About(p.hidden, p.m, way.Strength, way.Multiply).Of((int)p.hidden.Labels[p.m]))));
    }

    private void Count(Dictionary<string, long[]> counts, EncodedSequence encoding)
    {
        var prompt = Prompt(encoding);
        if (!counts.TryGetValue(prompt, out var own)) counts[prompt] = own = new long[vocabulary.Count];
        foreach (var id in encoding.Ids) own[id]++;
    }

    private void AddContext(EncodedSequence encoding)
    {
        var prompt = Prompt(encoding);
        if (!contexts.TryGetValue(prompt, out var counts)) contexts[prompt] = counts = new ContextCounts(Reach(encoding));
        counts.Add([.. encoding.Ids.Select((id, t) => encoding.Spans[t].Length == 0 || vocabulary.IsSpecial(id) ? -1 : id)]);
    }

    /// <summary>As far as the tokens over one base reach, which are hidden together; one farther for tokens that do not overlap.</summary>
    private static int Reach(EncodedSequence encoding)
    {
        var spans = encoding.Spans.Where(s => s.Length > 0).ToArray();
        var most = HiddenStretches.Overlap(spans) ? spans.Max(s => s.Length) : 2;
        return Math.Clamp(most, 2, LargestReach);
    }

    private string Prompt(EncodedSequence encoding)
    {
        var special = 0;
        while (special < encoding.Ids.Length && encoding.Spans[special].Length == 0 && vocabulary.IsSpecial(encoding.Ids[special]))
            special++;
        return string.Join(' ', encoding.Ids.Take(special == encoding.Ids.Length ? 0 : special));
    }

    private static long[] Sum(IEnumerable<long[]> counts, int length)
    {
        var sum = new long[length];
        foreach (var one in counts)
            for (var id = 0; id < length; id++) sum[id] += one[id];
        return sum;
    }
}

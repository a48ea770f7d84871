namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>
/// Token frequencies, raised or lowered by each clue: log p(x) = log u(x) + sum over clues of w log(p(x | clue) / u(x)) + constant, with
/// p(x | clue) = (n(clue, x) + a u(x)) / (n(clue) + a). Strengths a and weights w are chosen on positions that were not counted. Not
/// thread-safe.
/// </summary>
internal sealed class ContextModel
{
    private static readonly double[] strengths = [10, 30, 100, 300, 1000, 3000, 10_000];
    private static readonly double[] weights = [0, 0.25, 0.5, 0.75, 1];

    private readonly double[] unigram;
    private readonly int mostFrequent;
    private readonly PairTable[] left = new PairTable[ClueReader.Reach];
    private readonly PairTable[] right = new PairTable[ClueReader.Reach];
    private readonly PairTable runs = new(ClueReader.Runs);
    private readonly double[] raise;
    private readonly List<int> raised = [];
    private (double Strength, double Weight) neighbours = (1000, 0), hiddenRun = (1000, 0);

    /// <param name="counted">Training batches to count.</param>
    /// <param name="chosenOn">Positions to choose strengths and weights on.</param>
    /// <param name="vocabulary">The tokenizer's.</param>
    /// <param name="useRuns">Whether the run of hidden tokens is a clue.</param>
    /// <param name="useNeighbours">Whether the nearest visible tokens are.</param>
    public ContextModel(IReadOnlyList<ClueBatch> counted, IReadOnlyList<Clues> chosenOn, Vocabulary vocabulary, bool useRuns,
        bool useNeighbours)
    {
        var counts = new long[vocabulary.Count];
        for (var d = 0; d < ClueReader.Reach; d++) (left[d], right[d]) = (new(vocabulary.Count), new(vocabulary.Count));
        foreach (var batch in counted)
        {
            foreach (var ids in batch.Ids) Count(ids, counts, vocabulary, useNeighbours);
            foreach (var clues in batch.Clues) runs.Add(clues.Run, clues.Label);
        }
        foreach (var table in left.Concat(right).Append(runs)) table.Freeze();
        unigram = new double[vocabulary.Count];
        var total = vocabulary.Regular.Sum(id => counts[id] + 1.0);
        foreach (var id in vocabulary.Regular)
        {
            unigram[id] = (counts[id] + 1) / total;
            if (unigram[id] > unigram[mostFrequent]) mostFrequent = id;
        }
        raise = new double[vocabulary.Count];
        var sample = Spread(chosenOn, 2000);
        if (useRuns) hiddenRun = Best(sample, choice => hiddenRun = choice);
        if (useNeighbours) neighbours = Best(sample, choice => neighbours = choice);
        if (useRuns && useNeighbours) hiddenRun = Best(sample, choice => hiddenRun = choice);
    }

    /// <summary>Probabilities at one position.</summary>
    /// <param name="clues">What is known there.</param>
    /// <param name="seen">The token standing there, or -1.</param>
    /// <returns>Of the label, of the token seen (0 without one), and the likeliest token with its own.</returns>
    public (double Label, double Seen, int Best, double OfBest) Predict(Clues clues, int seen)
    {
        Raise(clues.Left, left);
        Raise(clues.Right, right);
        Raise(runs.Row(clues.Run), hiddenRun);
        var sum = 1.0;
        var best = mostFrequent;
        foreach (var token in raised)
        {
            sum += unigram[token] * (Math.Exp(raise[token]) - 1);
            if (Weight(token) > Weight(best)) best = token;
        }
        var result = (Weight(clues.Label) / sum, seen < 0 ? 0 : Weight(seen) / sum, best, Weight(best) / sum);
        foreach (var token in raised) raise[token] = 0;
        raised.Clear();
        return result;
    }

    private double Weight(int token) => unigram[token] * Math.Exp(raise[token]);

    private void Count(int[] ids, long[] counts, Vocabulary vocabulary, bool useNeighbours)
    {
        for (var t = 0; t < ids.Length; t++)
        {
            counts[ids[t]]++;
            for (var d = 1; useNeighbours && d <= ClueReader.Reach && t >= d; d++)
            {
                if (vocabulary.IsSpecial(ids[t]) || vocabulary.IsSpecial(ids[t - d])) continue;
                left[d - 1].Add(ids[t - d], ids[t]);
                right[d - 1].Add(ids[t], ids[t - d]);
            }
        }
    }

    private void Raise(Neighbour neighbour, PairTable[] side)
    {
        if (neighbour.Distance > 0) Raise(side[neighbour.Distance - 1].Row(neighbour.Token), neighbours);
    }

    private void Raise((ReadOnlyMemory<int> Tokens, ReadOnlyMemory<int> Counts) row, (double Strength, double Weight) by)
    {
        if (by.Weight == 0) return;
        var tokens = row.Tokens.Span;
        var counts = row.Counts.Span;
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = tokens[i];
            if (raise[token] == 0) raised.Add(token);
            raise[token] += by.Weight * Math.Log(1 + counts[i] / (by.Strength * unigram[token]));
        }
    }

    private static (double, double) Best(IReadOnlyList<(double Strength, double Weight)> choices, Func<(double, double), double> loss) =>
        choices.MinBy(c => loss(c));

    private (double Strength, double Weight) Best(IReadOnlyList<Clues> sample, Action<(double, double)> set) => Best(
        [.. weights.SelectMany(_ => strengths, (weight, strength) => (strength, weight))
            .Where(c => c.weight > 0 || c.strength == strengths[0])],
        choice =>
        {
            set(choice);
            return sample.Sum(clues => -Math.Log(Predict(clues, -1).Label));
        });

    private static IReadOnlyList<Clues> Spread(IReadOnlyList<Clues> all, int most) =>
        all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)])];
}

/// <summary>What a baseline needs of a training batch.</summary>
/// <param name="Ids">Token ids of each row, nothing hidden.</param>
/// <param name="Clues">Its scored positions.</param>
internal sealed record ClueBatch(IReadOnlyList<int[]> Ids, IReadOnlyList<Clues> Clues);

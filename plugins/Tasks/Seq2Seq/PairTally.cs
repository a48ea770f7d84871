namespace PluginHost.Plugins.Seq2Seq;

/// <summary>Scored target tokens of one batch, added row by row in order.</summary>
/// <param name="vocabulary">Tells bases from the end.</param>
/// <param name="sources">The source's tokens of each row that stand for bases.</param>
internal sealed class PairTally(Vocabulary vocabulary, IReadOnlyList<int[]> sources)
{
    private readonly List<int> labels = [];
    private readonly List<int> predicted = [];
    private readonly List<(int Label, double Loss)>[] rows = [.. sources.Select(_ => new List<(int, double)>())];

    /// <summary>Adds the next token of a row.</summary>
    public void Add(int row, int label, int prediction, double loss)
    {
        rows[row].Add((label, loss));
        if (vocabulary.IsSpecial(label)) return;
        labels.Add(label);
        predicted.Add(prediction);
    }

    /// <summary>The batch as metrics take it.</summary>
    public Scored ToScored()
    {
        var changed = Enumerable.Range(0, rows.Length).SelectMany(Changed).ToList();
        return new()
        {
            Labels = [.. labels],
            Predicted = [.. predicted],
            Losses =
            [
                new(Seq2SeqObjective.Term, rows.Sum(r => r.Sum(t => t.Loss)), rows.Sum(r => (long)r.Count), 1),
                new(Seq2SeqObjective.OnChanges, changed.Sum(), changed.Count, 0),
            ],
            RowLosses = [.. rows.Select((r, b) => (ScoredLoss[])[
                new(Seq2SeqObjective.Term, r.Sum(t => t.Loss), r.Count, 1),
                new(Seq2SeqObjective.OnChanges, Changed(b).Sum(), Changed(b).Count(), 0)])],
        };
    }

    /// <summary>Losses where the target has another token than the source; places can be told where both have as many.</summary>
    private IEnumerable<double> Changed(int row)
    {
        var target = rows[row].Where(t => !vocabulary.IsSpecial(t.Label)).ToList();
        return target.Count != sources[row].Length ? []
            : target.Where((t, i) => t.Label != sources[row][i]).Select(t => t.Loss);
    }
}

using System.Globalization;

namespace PluginHost.Plugins.Mutations;

/// <summary>A predictor on all cases, or on those of some kind.</summary>
/// <param name="Name">Of the predictor.</param>
/// <param name="Cases">Its answers.</param>
/// <param name="Figures">As <see cref="Mutations.Figures.Names"/> has them.</param>
internal sealed record Judged(string Name, IReadOnlyList<Case> Cases, IReadOnlyList<Figure> Figures);

/// <summary>
/// What the model expects beside what happened, and beside trivial predictors. Changed pairs stand apart, for copying is right for all
/// others.
/// </summary>
internal sealed class Comparison
{
    public const string ByNoise = "model, least noise first";
    public const string ByProbability = "model, likeliest first";
    public const string Copy = "copy of the parent";
    public const string Trained = "training's mutations";

    private const int Several = 5;

    public Comparison(IReadOnlyList<Expectation> expected, IReadOnlyList<TruePair> pairs, TrainedMutations? train, bool judged,
        int resamples, CancellationToken cancellation)
    {
        var byParent = expected.ToDictionary(e => e.Parent.Sequence, StringComparer.Ordinal);
        List<(string Name, Func<string, IReadOnlyList<string>> Of)> predictors = [];
        if (judged) predictors.Add((ByNoise, parent => [.. byParent[parent].Ranked.Select(c => c.Sequence)]));
        predictors.Add((ByProbability, parent => [.. byParent[parent].Likeliest.Select(c => c.Sequence)]));
        predictors.Add((Copy, parent => [parent]));
        if (train is not null) predictors.Add((Trained, parent => train.Of(parent, Several)));
        // A parent may have several children, of which one answer can be one only.
        var best = pairs.GroupBy(p => p.Parent).Sum(g => g.GroupBy(p => p.Child).Max(c => c.Count()));
        Ceiling = (double)best / pairs.Count;
        Pairs = pairs;
        foreach (var (part, belongs) in ((string, Func<TruePair, bool>)[])
            [("all pairs", _ => true), ("changed pairs", p => p.IsChanged), ("unchanged pairs", p => !p.IsChanged)])
        {
            List<TruePair> of = [.. pairs.Where(belongs)];
            if (of.Count == 0) continue;
            Parts.Add((part, [.. predictors.Select(p =>
            {
                List<Case> cases = [.. of.Select(pair => new Case(pair, p.Of(pair.Parent)))];
                return new Judged(p.Name, cases, Figures.Of(cases, resamples, cancellation));
            })]));
        }
    }

    /// <summary>All true pairs.</summary>
    public IReadOnlyList<TruePair> Pairs { get; }

    /// <summary>Top-1 accuracy of one answer a parent that knows its most frequent child: no predictor does better.</summary>
    public double Ceiling { get; }

    /// <summary>That in a sentence.</summary>
    public string Limit => FormattableString.Invariant(
        $"One answer a parent can be right in {100 * Ceiling:0.0} % of the pairs at most, for parents have several children.");

    /// <summary>Figures of all pairs, of changed and of unchanged ones, as far as there are such.</summary>
    public List<(string Part, IReadOnlyList<Judged> Rows)> Parts { get; } = [];

    /// <summary>Tables for the console.</summary>
    public IEnumerable<ResultTable> Tables() => Parts.Select((part, i) =>
    {
        var table = new ResultTable($"{part.Part}: {part.Rows[0].Cases.Count:N0}", ["predictor", .. Figures.Names[..6]]);
        foreach (var row in part.Rows) table.Add([row.Name, .. row.Figures.Take(6).Select((f, c) => Show(f, c))]);
        if (i == Parts.Count - 1) table.Notes.Add(Limit);
        return table;
    });

    /// <summary>A figure with its interval: shares in per cent.</summary>
    public static string Show(Figure figure, int column)
    {
        var scale = Figures.Names[column].Contains("LD") ? 1 : 100;
        string Text(double value) => double.IsNaN(value) ? "-" : (scale * value).ToString(scale == 1 ? "0.00" : "0.0",
            CultureInfo.InvariantCulture);
        return double.IsNaN(figure.Value) ? "-" : $"{Text(figure.Value)} ({Text(figure.Low)}-{Text(figure.High)})";
    }
}

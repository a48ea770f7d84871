using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>The scorers that the options ask for, of those that a model offers.</summary>
internal sealed class ScorerSet
{
    private readonly ScoreOptions options;
    private readonly List<IVariantScorer> scorers = [];

    /// <summary>Asks the model what it offers.</summary>
    /// <param name="model">Scores.</param>
    /// <param name="options">Name the scores, or leave the choice to the model.</param>
    /// <param name="say">Is told what is left out, and why.</param>
    /// <exception cref="UsageException">The model does not offer what is named, or nothing at all.</exception>
    public ScorerSet(TrainedModel model, ScoreOptions options, Action<string> say)
    {
        this.options = options;
        List<IPassReader> readers = [];
        foreach (var kind in options.Score.Length > 0 ? options.Score.Distinct() : Enum.GetValues<ScoreKind>().Except([ScoreKind.Pseudo]))
        {
            try
            {
                if (kind == ScoreKind.Outputs) readers.Add(new OutputScorer(model));
                else if (kind == ScoreKind.States) readers.Add(new StateScorer(model, options));
                else if (kind == ScoreKind.Span) scorers.Add(new SpanScorer(model, options.BatchTokens));
                else scorers.Add(new LikelihoodScorer(model, kind, options.BatchTokens));
            }
            catch (UsageException missing) when (options.Score.Length == 0 && (options.Layer is null || kind != ScoreKind.States))
            {
                say($"{kind.ToString().ToLowerInvariant()} scores are left out: {missing.Message}");
            }
        }
        if (readers.Count > 0) scorers.Insert(0, new PassScorer(model, readers, options.BatchTokens));
        if (scorers.Count == 0) throw new UsageException($"{model.Name} offers no score; name one with --score to learn why.");
        Columns = [.. scorers.SelectMany(s => s.Columns)
            .Select(c => options.BothStrands ? c with { Formula = $"{c.Formula}; the mean of what this is on each strand" } : c)];
    }

    /// <summary>What they compute.</summary>
    public IReadOnlyList<ScoreColumn> Columns { get; }

    /// <summary>The scores of each pair by column, of both strands where that is asked for.</summary>
    public double[][] Score(IReadOnlyList<WindowPair> pairs, CancellationToken cancellation)
    {
        if (pairs.Count == 0) return [];
        var rows = Join(pairs, cancellation);
        return !options.BothStrands ? rows : [.. rows.Zip(Join([.. pairs.Select(p => p.Turned())], cancellation),
            (one, other) => one.Zip(other, (a, b) => (a + b) / 2).ToArray())];
    }

    private double[][] Join(IReadOnlyList<WindowPair> pairs, CancellationToken cancellation)
    {
        double[][][] parts = [.. scorers.Select(s => s.Score(pairs, cancellation))];
        return [.. Enumerable.Range(0, pairs.Count).Select(r => parts.SelectMany(p => p[r]).ToArray())];
    }
}

using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit;

using static TorchSharp.torch;

/// <summary>What the contract asks of every objective.</summary>
public static class ObjectiveChecks
{
    /// <summary>
    /// Collate writes exactly the tokenizer's columns and <see cref="IObjective.Writes"/> in every mode; the same seed gives the same
    /// batch; targets are counted as the loss counts them; scores fit.
    /// </summary>
    public static void Run(ModelUnderTest model, IReadOnlyList<Sample> samples)
    {
        foreach (var mode in Enum.GetValues<CollateMode>()) WritesExactly(model, samples, mode);
        SameSeedSameBatch(model, samples);
        CountsAgree(model, samples);
        ScoresFit(model, samples);
        WithoutLabels(model, [.. samples.Select(s => new Sample(s.Id, s.Sequence))]);
        Require(model.Objective.Heads.Select(h => h.Name).Distinct().Count() == model.Objective.Heads.Count,
            "two roles have the same name.");
    }

    /// <summary>A batch has the columns that the tokenizer and the objective promise, and no others.</summary>
    public static void WritesExactly(ModelUnderTest model, IReadOnlyList<Sample> samples, CollateMode mode)
    {
        using var batch = model.Collate(samples, mode);
        var promised = model.Tokenizer.Writes.Concat(model.Objective.Writes).ToHashSet();
        Require(promised.SetEquals(batch.Columns),
            $"in mode {mode} the batch has {string.Join(", ", batch.Columns)} but {string.Join(", ", promised)} was promised.");
        Require(batch.Samples.Count == samples.Count, "the batch does not name its samples.");
        Require(batch.RealTokens > 0 && batch.Tokens >= batch.RealTokens, $"{batch.RealTokens} of {batch.Tokens} tokens are real.");
    }

    /// <summary>The same seed gives the same batch.</summary>
    public static void SameSeedSameBatch(ModelUnderTest model, IReadOnlyList<Sample> samples)
    {
        using var first = model.Collate(samples, seed: 5);
        using var second = model.Collate(samples, seed: 5);
        foreach (var key in first.Columns)
            // What is not known is NaN, which equals nothing.
            Require(first[key].eq(second[key]).logical_or(first[key].ne(first[key]).logical_and(second[key].ne(second[key])))
                .all().item<bool>(), $"the same seed gives another '{key.Name}'.");
    }

    /// <summary>Targets are counted as the loss counts them, and the loss is finite.</summary>
    public static void CountsAgree(ModelUnderTest model, IReadOnlyList<Sample> samples)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var batch = model.Collate(samples, CollateMode.Evaluate);
        var predictions = model.Predict(batch);
        var terms = model.Objective.Loss(predictions, batch);
        Require(terms.Select(t => t.Name).ToHashSet().SetEquals(batch.TargetCounts.Keys),
            $"SetTargets names {string.Join(", ", batch.TargetCounts.Keys)} but Loss gives "
            + $"{string.Join(", ", terms.Select(t => t.Name))}.");
        foreach (var term in terms)
        {
            Require(batch.TargetCounts[term.Name] == term.Count,
                $"SetTargets says {batch.TargetCounts[term.Name]} for '{term.Name}' but Loss counts {term.Count}.");
            Require(term.Sum.shape.Length == 0, $"the sum of '{term.Name}' is not a scalar.");
            Require(double.IsFinite(term.Sum.to_type(ScalarType.Float64).item<double>()), $"the loss '{term.Name}' is not finite.");
        }
    }

    /// <summary>Labels, predictions and outputs are of the same items and as wide as each other.</summary>
    public static void ScoresFit(ModelUnderTest model, IReadOnlyList<Sample> samples)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var batch = model.Collate(samples, CollateMode.Evaluate);
        var scored = model.Objective.Score(model.Predict(batch), batch);
        var items = scored.Predicted?.Length ?? scored.Outputs?.GetLength(0) ?? 0;
        Require(items > 0, "Score gives neither Predicted nor Outputs.");
        Require(scored.Labels is null || scored.Labels.Length == items, "Labels and Predicted differ in length.");
        var width = model.Objective.Card.OutputNames.Count;
        foreach (var (what, values) in new[]
        {
            ("Probabilities", scored.Probabilities), ("Outputs", scored.Outputs), ("Targets", scored.Targets),
        })
            // Beside tokens, numbers are items of their own.
            Require(values is null || width == 0 || (values.GetLength(0) == items && values.GetLength(1) == width),
                $"{what} has {values?.GetLength(0)} rows of {values?.GetLength(1)}; there are {items} items, and the card names {width} "
                + "outputs.");
        Require(scored.Outputs is not { } outputs || scored.Targets is not { } targets
            || (outputs.GetLength(0), outputs.GetLength(1)) == (targets.GetLength(0), targets.GetLength(1)),
            $"Outputs are {scored.Outputs?.GetLength(0)} by {scored.Outputs?.GetLength(1)}, Targets {scored.Targets?.GetLength(0)} by "
            + $"{scored.Targets?.GetLength(1)}.");
        Require(scored.Ids.Count == 0 || scored.Ids.Count == items, "Ids and Predicted differ in length.");
        Require(scored.Losses.Any(l => l.Weight > 0), "Score gives no loss for a batch that has labels.");
        RowsAddUp(scored, samples.Count);
    }

    /// <summary>Where losses are given by row, those of all rows together are the batch's, term by term.</summary>
    private static void RowsAddUp(Scored scored, int rows)
    {
        if (scored.RowLosses.Count == 0) return;
        Require(scored.RowLosses.Count == rows, $"RowLosses has {scored.RowLosses.Count} rows for {rows} samples.");
        foreach (var group in scored.RowLosses.SelectMany(r => r).GroupBy(l => l.Name))
        {
            var whole = scored.Losses.FirstOrDefault(l => l.Name == group.Key);
            Require(whole is not null, $"RowLosses has a term '{group.Key}' that Losses has not.");
            Require(group.Sum(l => l.Count) == whole!.Count
                && Math.Abs(group.Sum(l => l.Sum) - whole.Sum) <= 1e-9 * (1 + Math.Abs(whole.Sum)),
                $"the rows' losses '{group.Key}' do not add up to the batch's.");
        }
    }

    /// <summary>A batch made for prediction has neither losses nor labels.</summary>
    public static void WithoutLabels(ModelUnderTest model, IReadOnlyList<Sample> samples)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var batch = model.Collate(samples, CollateMode.Predict);
        var scored = model.Objective.Score(model.Predict(batch), batch);
        Require(scored.Losses.Count == 0 && scored.Labels is null, "Score gives losses or labels for a batch made for prediction.");
    }
}

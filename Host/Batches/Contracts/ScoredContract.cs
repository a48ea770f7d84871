using PluginHost.Host.Plugins;

namespace PluginHost.Host.Batches.Contracts;

/// <summary>
/// Holds an objective to what it declares about losses and scores. Scores are checked on each batch: lengths of arrays, and classes in
/// range, so that no figure is of the wrong items.
/// </summary>
internal static class ScoredContract
{
    /// <summary>Checks the loss terms of a first batch.</summary>
    /// <exception cref="PluginException">One breaks a rule.</exception>
    public static IReadOnlyList<LossTerm> Check(IReadOnlyList<LossTerm>? terms, IObjective objective, Batch batch)
    {
        if (terms is null) throw Origins.Broken(objective, "returned no loss (null).");
        foreach (var term in terms)
        {
            if (term?.Sum is null) throw Origins.Broken(objective, "returned a loss term that is nothing (null).");
            if (term.Sum.IsInvalid) throw Origins.Broken(objective, $"returned the loss term '{term.Name}' disposed of.");
            if (term.Sum.NumberOfElements != 1)
                throw Origins.Broken(objective, $"returned the loss term '{term.Name}' of shape [{string.Join(", ", term.Sum.shape)}]; it "
                    + "is one number, the sum over targets.");
            if (term.Weight == 0) continue;
            if (!batch.TargetCounts.TryGetValue(term.Name, out var targets))
                throw Origins.Broken(objective, $"returned a loss term '{term.Name}' that its batches do not declare (SetTargets); they "
                    + $"declare: {string.Join(", ", batch.TargetCounts.Keys.Order())}.");
            if (targets != term.Count)
                throw Origins.Broken(objective, $"counts {term.Count} targets in the loss term '{term.Name}', and its batch declares "
                    + $"{targets} (SetTargets).");
        }
        return terms;
    }

    /// <summary>Checks what a batch was scored as.</summary>
    /// <exception cref="PluginException">It breaks a rule.</exception>
    public static Scored Check(Scored? scored, IObjective objective, Batch batch)
    {
        if (scored is null) throw Origins.Broken(objective, "returned no scores (null).");
        // Classes and numbers may be of different items, where none are samples' own.
        (string What, int? Size)[] classes = [("Labels", scored.Labels?.Length), ("Predicted", scored.Predicted?.Length),
            ("Probabilities", scored.Probabilities?.GetLength(0))];
        (string What, int? Size)[] numbers = [("Outputs", scored.Outputs?.GetLength(0)), ("Targets", scored.Targets?.GetLength(0))];
        (string What, int? Size)[] items = [("Ids", Some(scored.Ids.Count)), ("Rows", Some(scored.Rows.Count)),
            ("Spans", Some(scored.Spans.Count))];
        Agree(objective, "items", [.. items, .. classes]);
        Agree(objective, "items", [.. items, .. numbers]);
        (string What, int? Size)[] widths =
        [
            ("Probabilities", scored.Probabilities?.GetLength(1)), ("Outputs", scored.Outputs?.GetLength(1)),
            ("Targets", scored.Targets?.GetLength(1)), ("OutputNames", Some(objective.Card.OutputNames.Count)),
        ];
        Agree(objective, "outputs", widths);
        var rows = batch.SampleOfRow.Count > 0 ? batch.SampleOfRow.Count : batch.Samples.Count;
        if (scored.Rows.Count == 0 && scored.Ids.Count > 0 && scored.Ids.Count != rows)
            throw Origins.Broken(objective, $"scored {scored.Ids.Count} items of {rows} rows without saying whose they are (Rows).");
        if (scored.Rows.FirstOrDefault(r => r < 0 || r >= rows) is not 0 and var strange)
            throw Origins.Broken(objective, $"scored an item of row {strange}; the batch has {rows}.");
        if (scored.RowLosses.Count > 0 && scored.RowLosses.Count != rows)
            throw Origins.Broken(objective, $"gave losses of {scored.RowLosses.Count} rows; the batch has {rows}.");
        if ((scored.Probabilities?.GetLength(1) ?? 0) is > 0 and var count) InRange(scored, objective, count);
        return scored;
    }

    private static int? Some(int count) => count > 0 ? count : null;

    private static void Agree(IObjective objective, string axis, (string What, int? Size)[] sizes)
    {
        var known = Array.FindAll(sizes, s => s.Size is not null);
        if (known.Length > 1 && Array.Exists(known, s => s.Size != known[0].Size))
            throw Origins.Broken(objective, $"returned scores of unequal width, {axis} by array: "
                + $"{string.Join(", ", known.Select(s => $"{s.What} {s.Size}"))}.");
    }

    private static void InRange(Scored scored, IObjective objective, int classes)
    {
        foreach (var (what, values) in ((string, int[]?)[])[("Labels", scored.Labels), ("Predicted", scored.Predicted)])
            foreach (var value in values ?? [])
                if ((uint)value >= (uint)classes && value != Keys.Ignore)
                    throw Origins.Broken(objective, $"returned the class {value} in {what}; there are {classes}.");
    }
}

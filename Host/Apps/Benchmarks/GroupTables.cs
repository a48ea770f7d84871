namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>Training on one group and testing on each, as tables: the figures, and their ratios to training within the group.</summary>
public static class GroupTables
{
    /// <summary>
    /// For each model: figures by training and test group, ratios of them to the test group's own, and training on one against training on
    /// all.
    /// </summary>
    public static IReadOnlyList<ResultTable> Of(BenchmarkResults results)
    {
        List<ResultTable> tables = [Leakage(results)];
        foreach (var model in results.Models)
        {
            if (results.DataSets.FirstOrDefault(d => d.Models.Any(m => m.Name == model)) is not { } any) continue;
            var (metric, scale) = (any.Metric, any.Scale);
            var cells = results.DataSets.ToDictionary(d => d.Name, d =>
                d.Models.Where(m => m.Name == model && m.Metrics.ContainsKey(metric))
                    .ToDictionary(m => m.TrainedOn!, m => m.Metrics[metric]));
            string[] groups = [.. cells.Keys];
            string[] trained = [.. groups.Append(BenchmarkPlan.All).Where(t => groups.Any(g => cells[g].ContainsKey(t)))];
            tables.Add(Figures(results, model, metric, scale, groups, trained, cells));
            tables.Add(Ratios(model, metric, groups, trained, cells));
            tables.Add(OneAgainstAll(model, metric, scale, groups, cells));
        }
        return tables;
    }

    private static ResultTable Figures(
        BenchmarkResults results, string model, string metric, double scale, string[] groups, string[] trained, Dictionary<string,
            Dictionary<string, Spread>> cells)
    {
        var heading = BenchmarkTables.Heading(metric, scale);
        var table = new ResultTable($"{model}: {heading}, trained on one group (rows) and tested on each (columns)",
            ["trained on", .. groups.Select(g => $"{g}: {heading}")]);
        foreach (var train in trained)
            table.Add([train, .. groups.Select(g => BenchmarkTables.Cell(cells[g].GetValueOrDefault(train), scale))]);
        foreach (var baseline in results.DataSets.SelectMany(d => d.Baselines).Select(b => b.Name).Distinct())
            table.Add([$"{baseline}, within the group",
                .. results.DataSets.Select(d =>
                BenchmarkTables.Cell(d.Baselines.FirstOrDefault(b => b.Name == baseline)?.Metrics.GetValueOrDefault(metric), scale))]);
        var below = results.DataSets.Where(d => cells[d.Name].TryGetValue(d.Name, out var own)
            && d.Baselines.Any(b => b.Metrics.TryGetValue(metric, out var trivial) && trivial.IsAsGoodAs(own, d.HigherIsBetter)))
                .Select(d => d.Name)
                .ToList();
        if (below.Count > 0)
            table.Notes.Add($"Trained within the group, {model} is no better than a trivial predictor on: {string.Join(", ", below)}.");
        return table;
    }

    /// <summary>Test samples of each group that are known from training on each.</summary>
    public static ResultTable Leakage(BenchmarkResults results)
    {
        var table = new ResultTable("Test samples of each group (columns) known from the training of each (rows)",
            ["trained on", .. results.DataSets.Select(d => d.Name)]);
        foreach (var train in results.DataSets)
            table.Add([train.Name, .. results.DataSets.Select(test =>
                (test == train ? test.Facts.Leakage : test.KnownFrom.GetValueOrDefault(train.Name))?.ToString() ?? "")]);
        return table;
    }

    private static ResultTable Ratios(string model, string metric, string[] groups, string[] trained, Dictionary<string, Dictionary<string,
        Spread>> cells)
    {
        var table = new ResultTable($"{model}: {metric} as a ratio to training within the test group",
            ["trained on", .. groups.Select(g => $"{g}: {metric} ratio"), $"mean {metric} ratio on other groups"]);
        foreach (var train in trained)
        {
            var ratios = groups.ToDictionary(g => g, g => Ratio(cells[g].GetValueOrDefault(train), cells[g].GetValueOrDefault(g)));
            var others = groups.Where(g => g != train && !double.IsNaN(ratios[g])).Select(g => ratios[g]).ToList();
            table.Add([train, .. groups.Select(g => BenchmarkTables.Figure(ratios[g], 1)),
                others.Count == 0 ? "" : BenchmarkTables.Figure(others.Average(), 1)]);
        }
        return table;
    }

    private static ResultTable OneAgainstAll(string model, string metric, double scale, string[] groups, Dictionary<string,
        Dictionary<string, Spread>> cells)
    {
        var heading = BenchmarkTables.Heading(metric, scale);
        var table = new ResultTable($"{model}: {heading}, training on one group against training on all",
            ["", .. groups.Select(g => $"{g}: {heading}")]);
        table.Add(["another group, mean",
            .. groups.Select(g => cells[g].Where(c => c.Key != g && c.Key != BenchmarkPlan.All).Select(c => c.Value.Mean)
            .ToList() is { Count: > 0 } others ? BenchmarkTables.Figure(others.Average(), scale) : "")]);
        table.Add(["the group itself", .. groups.Select(g => BenchmarkTables.Cell(cells[g].GetValueOrDefault(g), scale))]);
        table.Add(["all groups", .. groups.Select(g => BenchmarkTables.Cell(cells[g].GetValueOrDefault(BenchmarkPlan.All), scale))]);
        return table;
    }

    private static double Ratio(Spread? cross, Spread? within) => cross is null || within is null || within.Mean <= 0 ? double.NaN
        : cross.Mean / within.Mean;
}

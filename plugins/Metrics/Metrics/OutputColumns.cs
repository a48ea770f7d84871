namespace PluginHost.Plugins.Metrics;

/// <summary>Outputs and targets of many samples, column by column; items whose target is unknown are left out.</summary>
internal sealed class OutputColumns
{
    private readonly List<(List<float> Outputs, List<float> Targets)> columns = [];

    /// <summary>How many columns there are; 0 before anything was added.</summary>
    public int Width => columns.Count;

    /// <summary>Takes a batch in.</summary>
    /// <exception cref="UsageException">There are no outputs.</exception>
    public void Add(Scored scored, string metric)
    {
        var outputs = scored.Outputs ?? throw ScoredItems.Missing(metric, "real-valued outputs");
        var width = outputs.GetLength(1);
        if (columns.Count > 0 && width != columns.Count)
            throw new PluginException($"The objective gave {columns.Count} outputs in one batch and {width} in another.");
        while (columns.Count < width) columns.Add(([], []));
        if (scored.Targets is not { } targets) return;
        if (targets.GetLength(0) != outputs.GetLength(0) || targets.GetLength(1) != width)
            throw new PluginException($"The objective gave outputs [{outputs.GetLength(0)}, {width}] for targets [{targets.GetLength(0)}, "
                + $"{targets.GetLength(1)}]; they must be as many.");
        for (var n = 0; n < targets.GetLength(0); n++)
            for (var c = 0; c < width; c++)
            {
                if (float.IsNaN(targets[n, c])) continue;
                columns[c].Outputs.Add(outputs[n, c]);
                columns[c].Targets.Add(targets[n, c]);
            }
    }

    /// <summary>A figure of each column.</summary>
    public IReadOnlyList<double> Each(Func<float[], float[], double> figure) =>
        [.. columns.Select(c => c.Targets.Count == 0 ? double.NaN : figure([.. c.Outputs], [.. c.Targets]))];

    /// <summary>The mean of the figures that are defined; NaN where none is.</summary>
    public static double Mean(IReadOnlyList<double> figures)
    {
        var defined = figures.Where(f => !double.IsNaN(f)).ToList();
        return defined.Count == 0 ? double.NaN : defined.Average();
    }
}

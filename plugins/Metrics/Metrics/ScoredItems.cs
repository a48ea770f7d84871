namespace PluginHost.Plugins.Metrics;

/// <summary>Reads what metrics need out of a scored batch, and says what is missing.</summary>
internal static class ScoredItems
{
    /// <summary>True and predicted classes of the items that count.</summary>
    public static IEnumerable<(int Truth, int Predicted)> Classes(this Scored scored, string metric)
    {
        var labels = scored.Labels ?? throw Missing(metric, "true classes (labels)");
        var predicted = scored.Predicted ?? throw Missing(metric, "predicted classes");
        if (labels.Length != predicted.Length)
            throw new PluginException(
                $"The objective scored {predicted.Length} predictions for {labels.Length} labels; they must be as many.");
        return Counted(labels, predicted);
    }

    /// <summary>True classes and class probabilities of the items that count, appended to lists.</summary>
    /// <returns>Number of classes, or 0 when the batch has none.</returns>
    public static int AddProbabilities(this Scored scored, string metric, List<int> truths, List<float[]> rows)
    {
        var labels = scored.Labels ?? throw Missing(metric, "true classes (labels)");
        var probabilities = scored.Probabilities ?? throw Missing(metric, "class probabilities");
        var classes = probabilities.GetLength(1);
        if (labels.Length != probabilities.GetLength(0))
            throw new PluginException($"The objective scored {probabilities.GetLength(0)} rows of probabilities for {labels.Length} "
                + "labels; they must be as many.");
        if (classes < 2 && labels.Length > 0)
            throw new UsageException(
                $"The metric '{metric}' needs the probabilities of at least two classes, but the objective gives {classes}.");
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == Keys.Ignore) continue;
            if (labels[i] < 0 || labels[i] >= classes)
                throw new PluginException(
                    $"The objective gave class {labels[i]}, but there are probabilities for classes 0 to {classes - 1}.");
            truths.Add(labels[i]);
            var row = new float[classes];
            for (var c = 0; c < classes; c++) row[c] = probabilities[i, c];
            rows.Add(row);
        }
        return classes;
    }

    /// <summary>The failure of a metric that does not go with the objective.</summary>
    public static UsageException Missing(string metric, string what) => new(
        $"The metric '{metric}' needs {what}, which the objective does not give; "
            + "leave the metric out or use an objective that gives them.");

    private static IEnumerable<(int, int)> Counted(int[] labels, int[] predicted)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == Keys.Ignore) continue;
            if (labels[i] < 0 || predicted[i] < 0)
                throw new PluginException($"The objective gave class {Math.Min(labels[i], predicted[i])}; classes are counted from 0.");
            yield return (labels[i], predicted[i]);
        }
    }
}

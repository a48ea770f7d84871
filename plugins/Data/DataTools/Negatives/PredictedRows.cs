using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>
/// What <c>host predict</c> wrote for a classifier: a row's id, its label where known, the predicted class, and the probability of each.
/// </summary>
internal static class PredictedRows
{
    /// <summary>By id: the predicted class and the probability of a class.</summary>
    /// <param name="path">The table.</param>
    /// <param name="negative">The class whose probability is read.</param>
    /// <exception cref="DataException">It is no such table.</exception>
    public static Dictionary<string, Prediction> Read(string path, string negative)
    {
        var shown = DataFile.Show(path);
        string[]? header = null;
        var (id, label, predicted, probability) = (-1, -1, -1, -1);
        var rows = new Dictionary<string, Prediction>(StringComparer.Ordinal);
        foreach (var (number, line) in LineReader.Read(path, "a table of predictions", TextFormat.Table))
        {
            var cells = line.Split('\t');
            if (header is null)
            {
                header = cells;
                (id, label, predicted, probability) =
                    (Array.IndexOf(cells, "id"), Array.IndexOf(cells, "label"), Array.IndexOf(cells, "predicted"),
                        Array.IndexOf(cells, $"p_{negative}"));
                if (id < 0 || predicted < 0)
                    throw new DataException(
                        $"{shown} has no columns 'id' and 'predicted'; give what 'host predict' wrote for a classifier.");
                if (probability < 0)
                    throw new DataException($"{shown} has no column 'p_{negative}': the model knows no class '{negative}'; its columns "
                        + $"are: {string.Join(", ", cells)}. Name the class with --negative-label.");
                continue;
            }
            if (cells.Length != header.Length)
                throw new DataException(
                    $"{shown}:{number}: the row has {cells.Length} cells but the header has {header.Length}; write the predictions again.");
            if (!double.TryParse(cells[probability], NumberStyles.Float, CultureInfo.InvariantCulture, out var p) || !double.IsFinite(p))
                throw new DataException($"{shown}:{number}: the probability '{cells[probability]}' is no finite number.");
            if (!rows.TryAdd(cells[id], new(cells[predicted], p, label < 0 ? null : cells[label])))
                throw new DataException($"{shown}:{number}: the id '{cells[id]}' is there already; ids must be unique.");
        }
        return rows;
    }
}

/// <summary>What a model said of a row.</summary>
/// <param name="Class">The class it chose.</param>
/// <param name="Negative">Its probability of the negative class.</param>
/// <param name="Label">The label the row had, where it had one.</param>
internal readonly record struct Prediction(string Class, double Negative, string? Label);

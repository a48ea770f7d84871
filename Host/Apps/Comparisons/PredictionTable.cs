using System.Globalization;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Host.Apps.Comparisons;

/// <summary>
/// A table of predictions as <c>host predict</c>, <c>host evaluate --output</c> and evaluate stages write it, read back with its labels.
/// </summary>
public sealed class PredictionTable
{
    private const string ProbabilityPrefix = "p_";
    private static readonly string[] placeColumns = ["file", "chromosome", "start", "end", "strand"];
    private readonly string shown;

    private PredictionTable(string shown, IReadOnlyList<string> outputs, bool hasClasses) =>
        (this.shown, Outputs, HasClasses) = (shown, outputs, hasClasses);

    /// <summary>Sample ids, axis N.</summary>
    public IReadOnlyList<string> Ids { get; private init; } = [];

    /// <summary>Names of classes or outputs, axis C.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Whether classes are predicted; real-valued outputs otherwise.</summary>
    public bool HasClasses { get; }

    /// <summary>True classes, axis N; empty for real-valued outputs.</summary>
    public int[] Truth { get; private init; } = [];

    /// <summary>Predicted classes, axis N; empty for real-valued outputs.</summary>
    public int[] Predicted { get; private init; } = [];

    /// <summary>Probabilities or outputs, axes N C.</summary>
    public float[][] Values { get; private init; } = [];

    /// <summary>Real-valued truths, axes N C; empty for classes.</summary>
    public float[][] Targets { get; private init; } = [];

    /// <summary>Whether a file's header has a label.</summary>
    public static bool HasLabels(string path) =>
        File.ReadLines(path).FirstOrDefault()?.Split('\t').Contains("label") == true;

    /// <summary>Reads a table.</summary>
    /// <exception cref="DataException">The file is missing, is no table of predictions, or has no labels.</exception>
    public static PredictionTable Read(string path)
    {
        var shown = DataFile.Show(path);
        if (FileKinds.Of(path) == FileKind.Missing)
            throw new DataException($"{shown} does not exist. Name a table of predictions (predictions/evaluate.tsv of "
            + "a run folder, or what 'host evaluate --output FILE' wrote).");
        StageRecord.RequireWhole(path);
        var lines = LineReader.Read(path, "a table of predictions", TextFormat.Table).Select(l => l.Text).ToArray();
        var header = lines.Length > 0 ? lines[0].Split('\t') : [];
        if (header.Length < 2 && lines.Length > 0 && lines[0].StartsWith("id,", StringComparison.Ordinal))
            throw new DataException($"{shown} is CSV, but predictions are compared as TSV; write them again with --output NAME.tsv.");
        if (header.Length < 2 || header[0] != "id")
            throw new DataException($"{shown}:1: this is no table of predictions: its header must begin with 'id'. Name what 'host "
                + "evaluate --output FILE' or an evaluate stage wrote.");
        // What tells rows with one id apart stands behind it: their file, and their place. A note tells none apart.
        var label = 1 + header.Skip(1).TakeWhile(name => placeColumns.Contains(name) || name == PredictionColumns.Note).Count();
        if (header.Length <= label || header[label] != "label")
            throw new DataException($"{shown}:1: these predictions have no labels, so they cannot be scored. Make them with 'host evaluate "
                + "MODEL DATA --output FILE' from labelled data.");
        if (lines.Length == 1) throw new DataException($"{shown} has a header but no rows; write the predictions again.");
        var hasClasses = header.Length > label + 1 && header[label + 1] == "predicted";
        var first = label + (hasClasses ? 2 : 1);
        string[] outputs =
            [.. header.Skip(first).Select(name =>
                hasClasses && name.StartsWith(ProbabilityPrefix, StringComparison.Ordinal) ? name[ProbabilityPrefix.Length..] : name)];
        var (ids, truth, predicted, values, targets) =
            (new List<string>(), new List<int>(), new List<int>(), new List<float[]>(), new List<float[]>());
        var apart = new List<string>();
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split('\t');
            var where = $"{shown}:{i + 1}";
            if (cells.Length != header.Length)
                throw new DataException(
                    $"{where}: the row has {cells.Length} cells but the header has {header.Length}; write the predictions again.");
            ids.Add(cells[0]);
            apart.Add(cells[0] + string.Concat(header[1..label].Zip(cells[1..label], Apart)));
            values.Add([.. cells.Skip(first).Select(c => Number(c, where))]);
            if (hasClasses)
            {
                truth.Add(Class(cells[label], outputs, where, "label"));
                predicted.Add(Class(cells[label + 1], outputs, where, "predicted class"));
            }
            else targets.Add(Truths(cells[label], outputs.Length, where));
        }
        return new(shown, outputs, hasClasses)
        {
            Ids = ids.Distinct(StringComparer.Ordinal).Count() == ids.Count ? ids : apart,
            Truth = [.. truth], Predicted = [.. predicted], Values = [.. values],
            Targets = [.. targets]
        };
    }

    /// <summary>Some rows as a scored batch, in the order asked for.</summary>
    public Scored Pick(ReadOnlySpan<int> rows)
    {
        var places = rows.ToArray();
        return new()
        {
            Ids = [.. places.Select(r => Ids[r])],
            Labels = HasClasses ? [.. places.Select(r => Truth[r])] : null,
            Predicted = HasClasses ? [.. places.Select(r => Predicted[r])] : null,
            Probabilities = HasClasses && Outputs.Count > 0 ? Matrix(places, Values) : null,
            Outputs = HasClasses ? null : Matrix(places, Values),
            Targets = HasClasses ? null : Matrix(places, Targets),
        };
    }

    /// <summary>The same predictions in another table's order of samples.</summary>
    /// <exception cref="DataException">The two are not on the same samples with the same labels.</exception>
    public PredictionTable InOrderOf(PredictionTable other)
    {
        if (HasClasses != other.HasClasses || !Outputs.SequenceEqual(other.Outputs))
            throw new DataException($"{shown} predicts {string.Join(", ", Outputs)}, but {other.shown} predicts "
                + $"{string.Join(", ", other.Outputs)}; compare models of the same task.");
        if (Ids.Count != other.Ids.Count)
            throw new DataException($"{shown} has {Ids.Count:N0} samples, but {other.shown} has {other.Ids.Count:N0}; both models must "
                + "predict the same test set.");
        var order = Ids.SequenceEqual(other.Ids) ? [.. Enumerable.Range(0, Ids.Count)] : Order(other);
        var result = new PredictionTable(shown, Outputs, HasClasses)
        {
            Ids = other.Ids, Truth = Reorder(Truth, order), Predicted = Reorder(Predicted, order), Values = Reorder(Values, order),
            Targets = Reorder(Targets, order),
        };
        for (var i = 0; i < order.Length; i++)
            if (HasClasses ? result.Truth[i] != other.Truth[i] : !result.Targets[i].SequenceEqual(other.Targets[i]))
                throw new DataException($"Sample '{Ids[order[i]]}' has one label in {shown} and another in {other.shown}; both models must "
                    + "predict the same test set.");
        return result;
    }

    private static string Apart(string column, string cell) =>
        column switch { "end" => $"-{cell}", "strand" or PredictionColumns.Note => "", _ => $":{cell}" };

    private int[] Order(PredictionTable other)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Ids.Count; i++)
            if (!places.TryAdd(Ids[i], i))
                throw new DataException($"{shown}: the id '{Ids[i]}' is there twice and the samples stand in another order than in "
                    + $"{other.shown}, so they cannot be told apart; give the samples unique ids.");
        return [.. other.Ids.Select(id => places.TryGetValue(id, out var place) ? place
            : throw new DataException($"Sample '{id}' of {other.shown} is not in {shown}; both models must predict the same test set."))];
    }

    private static T[] Reorder<T>(T[] values, int[] order) => values.Length == 0 ? values : [.. order.Select(i => values[i])];

    private static float[,] Matrix(int[] places, float[][] rows)
    {
        var matrix = new float[places.Length, rows[0].Length];
        for (var i = 0; i < places.Length; i++)
            for (var c = 0; c < matrix.GetLength(1); c++) matrix[i, c] = rows[places[i]][c];
        return matrix;
    }

    private static int Class(string cell, string[] classes, string where, string what)
    {
        var place = Array.IndexOf(classes, cell.Trim());
        if (place >= 0) return place;
        return int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out place) && place < classes.Length ? place
            : throw new DataException($"{where}: the {what} '{cell}' is none of the classes {string.Join(", ", classes.Take(20))}; write "
                + $"the predictions again from labelled data.");
    }

    private static float[] Truths(string cell, int count, string where)
    {
        var parts = cell.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == count ? [.. parts.Select(p => Number(p, where))]
            : throw new DataException($"{where}: the label '{cell}' holds {parts.Length} numbers, but {count} outputs are predicted; write "
                + "the predictions again from labelled data.");
    }

    private static float Number(string cell, string where) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw new DataException($"{where}: '{cell}' is not a number; write the predictions again.");
}

using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Cells;

namespace PluginHost.Libs.Supervised;

/// <summary>The labels of a training split: how many rows have each, and the first row of each.</summary>
public sealed class TrainingLabels
{
    private readonly Dictionary<string, (long Rows, Sample First)> seen = new(StringComparer.Ordinal);

    /// <summary>Rows by label.</summary>
    public IReadOnlyDictionary<string, long> Rows => seen.ToDictionary(s => s.Key, s => s.Value.Rows, StringComparer.Ordinal);

    /// <summary>Labels in the order of their first rows.</summary>
    public IReadOnlyCollection<string> Labels => seen.Keys;

    /// <summary>Takes in a label of a row.</summary>
    public void Add(string label, Sample sample) =>
        seen[label] = seen.TryGetValue(label, out var before) ? (before.Rows + 1, before.First) : (1, sample);

    /// <summary>The first row with a label.</summary>
    public Sample First(string label) => seen[label].First;

    /// <summary>File and line of the first row with a label.</summary>
    public string Where(string label) => seen[label].First.Where;

    /// <summary>Refuses labels that nobody means: words for a missing value, and two that differ only in how they are written.</summary>
    /// <param name="remark">What else to say of a missing value; a sentence, or empty.</param>
    /// <exception cref="DataException">There are such.</exception>
    public void RefuseFaults(string remark = "")
    {
        foreach (var label in seen.Keys)
            if (LabelNames.Missing(label) is { } missing)
                throw new DataException($"{Where(label)}: {missing} ({Wording.Counted(seen[label].Rows, "row")}).{remark}");
        if (LabelNames.Twins(Rows) is { } twins) throw new DataException($"{Where(twins.Label)}: {twins.Problem}.");
    }

    /// <summary>Refuses measurements where classes are wanted.</summary>
    /// <exception cref="DataException">They are.</exception>
    public void RefuseMeasurements()
    {
        if (LabelNames.Measurements(Rows) is { } problem) throw new DataException($"{Where(seen.Keys.First())}: {problem}.");
    }

    /// <summary>Says which of the classes have one training row only, or none: a slip of the pen, or too little to learn from.</summary>
    /// <param name="classes">All of them.</param>
    public IEnumerable<string> Rare(IReadOnlyList<string> classes)
    {
        string[] single = [.. classes.Where(c => seen.TryGetValue(c, out var s) && s.Rows == 1).Select(c => $"'{c}' ({Where(c)})")];
        if (single.Length > 0)
            yield return $"{(single.Length == 1 ? "The label" : $"{single.Length:N0} labels:")} {NameList.Shorten(single, 5)} "
                + $"{(single.Length == 1 ? "has" : "have")} one training row only, from which nothing can be learnt; correct a "
                    + "misspelling, "
                + "or add rows.";
        string[] none = [.. classes.Where(c => !seen.ContainsKey(c)).Select(c => $"'{c}'")];
        if (none.Length > 0)
            yield return $"No training row has the label{(none.Length == 1 ? "" : "s")} {NameList.Shorten(none, 5)}, so no model can learn "
                + $"{(none.Length == 1 ? "it" : "them")}.";
    }
}

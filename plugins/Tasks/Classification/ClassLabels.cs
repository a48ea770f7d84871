using System.Globalization;

namespace PluginHost.Plugins.Classification;

/// <summary>Class names by index, and how data writes them.</summary>
/// <param name="names">In index order; empty while they are not known.</param>
/// <param name="untrained">Those that no training row has.</param>
internal sealed class ClassLabels(IReadOnlyList<string> names, IReadOnlyCollection<string>? untrained = null)
{
    private readonly Dictionary<string, int> indices = names.Select((name, index) => (name, index)).ToDictionary(p => p.name, p => p.index);

    public static ClassLabels From(ClassifyOptions options)
    {
        var names = options.Labels.Length > 0
            ? options.Labels
            : [.. Enumerable.Range(0, options.Classes).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        return new(names, options.UnseenLabels == Libs.Supervised.Unseen.Error ? options.Untrained : []);
    }

    /// <summary>
    /// The classes that labels of the training split make: in the order of numbers where all are whole ones, else of characters.
    /// </summary>
    public static ClassLabels Of(IEnumerable<string> labels)
    {
        var found = labels.Distinct().ToList();
        return new(found.TrueForAll(l => long.TryParse(l, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? [.. found.OrderBy(l => long.Parse(l, CultureInfo.InvariantCulture))]
            : [.. found.Order(StringComparer.Ordinal)]);
    }

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>A sample's label as written.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public string Written(Sample sample) => sample.Label?.Trim() is { Length: > 0 } text
        ? text
        : throw new DataException(
            $"{sample.Where}: there is no label{(Names.Count > 0 ? $"; known labels are {Known}" : "; fill it in or remove the row")}.");

    /// <summary>A sample's class: a name, else an index.</summary>
    /// <exception cref="DataException">There is no label, it is unknown, or no training row has it.</exception>
    public int Parse(Sample sample)
    {
        var text = Written(sample);
        if (!indices.TryGetValue(text, out var index)
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < Names.Count))
            throw new DataException($"{sample.Where}: unknown label '{text}'; known labels are {Known}. Correct the row or the objective's "
                + $"'classes' or 'labels'.");
        return untrained is { Count: > 0 } && untrained.Contains(Names[index])
            ? throw new DataException($"{sample.Where}: the label '{text}' is in no training row, so no model can learn it; add training "
                + "rows with it, remove this row, or set 'unseenLabels: score' to count it as wrong.")
            : index;
    }

    private string Known => Names.Count <= 20
        ? string.Join(", ", Names)
        : $"{string.Join(", ", Names.Take(20))} and {Names.Count - 20} more";
}

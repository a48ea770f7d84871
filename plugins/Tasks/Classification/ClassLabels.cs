using System.Globalization;

namespace PluginHost.Plugins.Classification;

/// <summary>Class names by index, and how data writes them.</summary>
/// <param name="names">In index order.</param>
internal sealed class ClassLabels(IReadOnlyList<string> names)
{
    private readonly Dictionary<string, int> indices = names.Select((name, index) => (name, index)).ToDictionary(p => p.name, p => p.index);

    public static ClassLabels From(ClassifyOptions options) => new(options.Labels.Length > 0
        ? options.Labels
        : [.. Enumerable.Range(0, options.Classes).Select(i => i.ToString(CultureInfo.InvariantCulture))]);

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>A sample's class: a name, else an index.</summary>
    /// <exception cref="DataException">There is no label, or it is unknown.</exception>
    public int Parse(Sample sample)
    {
        var text = sample.Label?.Trim();
        if (string.IsNullOrEmpty(text)) throw new DataException($"{sample.Where}: there is no label; known labels are {Known}.");
        if (indices.TryGetValue(text, out var index)) return index;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < Names.Count
            ? index
            : throw new DataException($"{sample.Where}: unknown label '{text}'; known labels are {Known}. Correct the row or the objective's 'classes' or 'labels'.");
    }

    private string Known => Names.Count <= 20
        ? string.Join(", ", Names)
        : $"{string.Join(", ", Names.Take(20))} and {Names.Count - 20} more";
}

using PluginHost.Libs.Supervised;

namespace PluginHost.Plugins.MultiLabel;

/// <summary>The labels of a sample as numbers: 1 holds, 0 does not, NaN is unknown.</summary>
/// <param name="fields">Without patterns.</param>
/// <param name="format">Flags or names.</param>
/// <param name="labels">In order.</param>
internal sealed class LabelSet(IReadOnlyList<string> fields, LabelFormat format, IReadOnlyList<string> labels)
{
    private static readonly char[] separators = [';', ',', '|', ' ', '\t'];
    private readonly Dictionary<string,
        int> indices = labels.Select((name, index) => (name, index)).ToDictionary(p => p.name, p => p.index, StringComparer.Ordinal);
    private readonly NumberFields numbers = Numbers(fields);

    /// <summary>Fields read as flags.</summary>
    public static NumberFields Numbers(IReadOnlyList<string> fields) => new(fields, "fields", flags: true);

    /// <summary>In order.</summary>
    public IReadOnlyList<string> Labels { get; } = labels;

    /// <summary>The names a field lists.</summary>
    public static string[] List(Sample sample, IReadOnlyList<string> fields) =>
        [.. fields.SelectMany(f => sample.Fields.TryGetValue(f, out var text)
            ? text.ToString()!.Split(separators, StringSplitOptions.RemoveEmptyEntries) : []).Distinct()];

    /// <summary>The flags fields hold, or null if they hold something else.</summary>
    public static float[]? Flags(Sample sample, NumberFields numbers)
    {
        if (numbers.Fields.Count == 1 && sample.Fields.TryGetValue(numbers.Fields[0], out var value)
            && value is string { Length: > 1 } bits && bits.AsSpan().IndexOfAnyExcept('0', '1') < 0)
            return [.. bits.Select(b => b == '1' ? 1f : 0f)];
        try
        {
            var flags = numbers.Read(sample);
            return Array.TrueForAll(flags, f => f is 0 or 1 || float.IsNaN(f)) ? flags : null;
        }
        catch (DataException)
        {
            return null;
        }
    }

    /// <summary>A number for each label.</summary>
    /// <exception cref="DataException">A field is missing, a label is unknown, or there are more or fewer flags than labels.</exception>
    public float[] Read(Sample sample)
    {
        if (format == LabelFormat.Flags)
        {
            var flags = Flags(sample, numbers)
                ?? throw new DataException(
                $"{sample.Where}: the labels ({Shown(sample)}) are not all 0, 1 or NA; correct the row, or set 'format: names'.");
            return flags.Length == Labels.Count ? flags
                : throw new DataException(
                    $"{sample.Where}: there are {flags.Length} label flags, but {Labels.Count} labels; give every row the same.");
        }
        var row = new float[Labels.Count];
        foreach (var name in Listed(sample))
            row[indices.TryGetValue(name, out var index) ? index
                : throw new DataException($"{sample.Where}: the label '{name}' is none of the {Labels.Count} "
                    + $"known{(Labels.Count <= 20 ? $" ({string.Join(", ", Labels)})" : "")}, so no model has learned it; {Remedy}")] = 1;
        return row;
    }

    /// <summary>Looks through a split.</summary>
    /// <param name="samples">Of the split.</param>
    /// <param name="readable">Told of each sample that can be read.</param>
    /// <exception cref="DataException">As <see cref="Read"/>, for the first such row, with all labels that are unknown.</exception>
    public void Check(IEnumerable<Sample> samples, Action<Sample>? readable = null)
    {
        var unknown = new UnknownLabels(Labels);
        foreach (var sample in samples)
        {
            string[] others = format == LabelFormat.Flags ? [] : [.. Listed(sample).Where(n => !indices.ContainsKey(n))];
            foreach (var name in others) unknown.Add(name, sample);
            if (others.Length > 0) continue;
            if (format == LabelFormat.Flags) Read(sample);
            readable?.Invoke(sample);
        }
        unknown.Refuse($"No model has learned it; {Remedy}");
    }

    private const string Remedy = "correct the row, or name it in 'labels' and add training rows.";

    private string[] Listed(Sample sample)
    {
        foreach (var field in fields)
            if (!sample.Fields.ContainsKey(field))
                throw new DataException($"{sample.Where}: there is no field '{field}' with labels; there are: "
                    + $"{string.Join(", ", sample.Fields.Keys.Order(StringComparer.Ordinal).Take(20))}. Leave a cell empty where no label "
                    + "holds, and name the column with 'fields'.");
        return List(sample, fields);
    }

    private string Shown(Sample sample)
    {
        var text = string.Join(" ", fields.Select(f =>
            sample.Fields.TryGetValue(f, out var value) ? value is float[] v ? string.Join(' ', v) : value.ToString() : "missing"));
        return text.Length <= 60 ? text : text[..60] + "...";
    }
}

using System.Text.RegularExpressions;
using PluginHost.Libs.Files.Cells;

namespace PluginHost.Libs.Supervised;

/// <summary>Numbers of a sample, read from one or more of its fields and laid one behind the other.</summary>
/// <remarks>
/// A field holds a number, a vector, or text as <see cref="NumberCell"/> reads it.
/// </remarks>
/// <param name="fields">Field names, without patterns.</param>
/// <param name="option">The option that named them, for messages.</param>
/// <param name="flags">Whether they hold 0 and 1 only, so that a comma can but stand between two of them.</param>
public sealed class NumberFields(IReadOnlyList<string> fields, string option, bool flags = false)
{
    /// <summary>The fields.</summary>
    public IReadOnlyList<string> Fields { get; } = fields;

    /// <summary>Field names for names and patterns, as a sample has them; <c>*</c> and <c>?</c> stand for parts of a name.</summary>
    /// <exception cref="DataException">A name or pattern that fits no field.</exception>
    public static string[] Resolve(IReadOnlyList<string> patterns, Sample sample, string option) => [.. patterns.SelectMany(pattern =>
    {
        if (!pattern.AsSpan().ContainsAny('*', '?')) return [pattern];
        var regex = new Regex($"^{Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".")}$", RegexOptions.CultureInvariant);
        var found = sample.Fields.Keys.Where(f => regex.IsMatch(f)).ToArray();
        return found.Length > 0 ? found
            : throw new DataException($"{sample.Where}: no field fits '{pattern}' in '{option}'; there are: {Known(sample)}.");
    }).Distinct()];

    /// <summary>The numbers; NaN where one is missing.</summary>
    /// <exception cref="DataException">A field is not there, or holds something else.</exception>
    public float[] Read(Sample sample) => Fields.Count == 1 ? Read(sample, Fields[0]) : [.. Fields.SelectMany(f => Read(sample, f))];

    /// <summary>A name for each number of a sample: the field's, with the place from 0 behind it where the field has several.</summary>
    public IReadOnlyList<string> Names(Sample sample) => [.. Fields.SelectMany(f =>
        Read(sample, f) is { Length: not 1 } several ? several.Select((_, i) => $"{f}_{i}") : [f])];

    /// <summary>The field a number comes from, for messages.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="index">Place among all numbers.</param>
    public string FieldOf(Sample sample, int index)
    {
        foreach (var field in Fields)
        {
            var count = Read(sample, field).Length;
            if (index < count) return count == 1 ? $"'{field}'" : $"number {index + 1} of '{field}'";
            index -= count;
        }
        return "a number";
    }

    private float[] Read(Sample sample, string field)
    {
        if (!sample.Fields.TryGetValue(field, out var value))
            throw new DataException($"{sample.Where}: there is no field '{field}', which '{option}' names; there are: {Known(sample)}.");
        return value switch
        {
            float[] vector => vector,
            double number => [(float)number],
            _ => Parse(value.ToString()!, sample, field),
        };
    }

    private float[] Parse(string text, Sample sample, string field) => NumberCell.Read(text, out var problem, flags)
        ?? throw new DataException($"{sample.Where}: field '{field}' {problem}");

    private static string Known(Sample sample)
    {
        var names = sample.Fields.Keys.Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0) return "none";
        return names.Count <= 20 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(20))} and {names.Count - 20} more";
    }
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace PluginHost.Libs.Genomics.Tables;

/// <summary>A row's cells by name; the names are shared by all rows of a table.</summary>
/// <param name="names">Field names.</param>
/// <param name="values">Cells, as text or vectors, in the same order; null for a cell without a value.</param>
public sealed class RowFields(string[] names, object?[] values) : IReadOnlyDictionary<string, object>
{
    public object this[string key] => TryGetValue(key, out var value) ? value
        : throw new KeyNotFoundException($"There is no field '{key}'.");

    public IEnumerable<string> Keys => names.Where((_, i) => values[i] is not null);

    public IEnumerable<object> Values => values.OfType<object>();

    public int Count => values.Count(v => v is not null);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value)
    {
        var index = Array.IndexOf(names, key);
        value = index < 0 ? null : values[index];
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator()
    {
        for (var i = 0; i < names.Length; i++)
            if (values[i] is { } value) yield return new(names[i], value);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

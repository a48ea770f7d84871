using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace PluginHost.Host.Foundation.Documents;

/// <summary>
/// A map node seen as the unbound options of a <see cref="ComponentSpec"/>; binding finds the node, and so the line numbers, again.
/// </summary>
/// <param name="node">The map; for a component, without its <c>use</c>.</param>
public sealed class NodeMap(MapNode node) : IReadOnlyDictionary<string, object?>
{
    /// <summary>The map as written.</summary>
    public MapNode Node { get; } = node;

    /// <inheritdoc/>
    public object? this[string key] => Node[key] is { } value ? value.ToValue() : throw new KeyNotFoundException(key);

    /// <inheritdoc/>
    public IEnumerable<string> Keys => Node.Entries.Select(e => e.Key);

    /// <inheritdoc/>
    public IEnumerable<object?> Values => Node.Entries.Select(e => e.Value.ToValue());

    /// <inheritdoc/>
    public int Count => Node.Entries.Count;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Node[key] is not null;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var found = Node[key];
        value = found?.ToValue();
        return found is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Node.Entries.Select(e => KeyValuePair.Create(e.Key, e.Value.ToValue())).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

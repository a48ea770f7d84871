using System.Collections;
using PluginHost.Host.Foundation.Documents;

namespace PluginHost.Host.Pipelines;

/// <summary>A component as written, and those written inside it.</summary>
public static class SpecTree
{
    /// <summary>The component itself first, then those inside it.</summary>
    public static IEnumerable<ComponentSpec> Flatten(ComponentSpec spec) => spec.With.Values.SelectMany(Nested).Prepend(spec);

    /// <summary>The same tree with other names.</summary>
    /// <param name="spec">A component.</param>
    /// <param name="name">A name for each name.</param>
    public static ComponentSpec Map(ComponentSpec spec, Func<string, string> name) =>
        spec with { Use = name(spec.Use), With = spec.With.ToDictionary(o => o.Key, o => Value(o.Value, name)) };

    private static object? Value(object? value, Func<string, string> name) => value switch
    {
        ComponentSpec spec => Map(spec, name),
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(o => o.Key,
            o => o.Key == SpecNodes.Use && o.Value is string use ? name(use) : Value(o.Value, name)),
        string => value,
        IEnumerable list => list.Cast<object?>().Select(item => Value(item, name)).ToList(),
        _ => value,
    };

    private static IEnumerable<ComponentSpec> Nested(object? value) => value switch
    {
        ComponentSpec spec => Flatten(spec),
        IReadOnlyDictionary<string, object?> map when map.TryGetValue(SpecNodes.Use, out var use) && use is string name =>
            Flatten(new ComponentSpec(name, map.Where(m => m.Key != SpecNodes.Use).ToDictionary(m => m.Key, m => m.Value))),
        IReadOnlyDictionary<string, object?> map => map.Values.SelectMany(Nested),
        string => [],
        IEnumerable list => list.Cast<object?>().SelectMany(Nested),
        _ => [],
    };
}

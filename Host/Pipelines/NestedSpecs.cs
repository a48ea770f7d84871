using System.Collections;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Pipelines;

/// <summary>Finds the components that an options object asks for in its turn.</summary>
internal static class NestedSpecs
{
    /// <summary>Every <see cref="ComponentSpec"/> among the option values, in lists, dictionaries and nested classes too.</summary>
    public static IEnumerable<ComponentSpec> In(object? value) => value switch
    {
        null or string => [],
        ComponentSpec spec => [spec],
        IDictionary map => map.Values.Cast<object?>().SelectMany(In),
        IEnumerable list => list.Cast<object?>().SelectMany(In),
        _ when value.GetType() is { IsClass: true } type => OptionProperty.Of(type).SelectMany(p => In(p.Property.GetValue(value))),
        _ => [],
    };
}

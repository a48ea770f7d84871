using System.Collections;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Pipelines;

/// <summary>Writes options objects back as the document they could have been bound from.</summary>
internal sealed class OptionsWriter(Catalog catalog)
{
    /// <summary>A component with all its options.</summary>
    public MapNode Spec(Type kind, ComponentSpec spec)
    {
        var options = SpecCheck.Options(catalog, kind, spec, new Problems());
        var use = new MapEntry(SpecNodes.Use, new ScalarNode(Place.None, spec.Use, Quoted: true));
        return new MapNode(Place.None, Options(options).Entries.Prepend(use));
    }

    /// <summary>All options of an object. An option that holds nothing by default and still does is left out.</summary>
    public MapNode Options(object options)
    {
        var usual = Activator.CreateInstance(options.GetType());
        return new MapNode(Place.None, OptionProperty.Of(options.GetType())
            .Select(p => (p.Name, Value: p.Property.GetValue(options), Usual: p.Property.GetValue(usual)))
            .Where(p => p.Value is not null || p.Usual is not null)
            .Select(p => new MapEntry(p.Name, Value(p.Value))));
    }

    private Node Value(object? value) => value switch
    {
        null or string or bool or IFormattable and not Enum => Node.From(value, Place.None),
        Enum name => new ScalarNode(Place.None, TypeNames.Kebab(name.ToString()), Quoted: true),
        ComponentSpec spec => SpecCheck.KindOf(catalog, spec) is { } kind ? Spec(kind, spec) : SpecNodes.ToNode(spec, Place.None),
        NodeMap map => map.Node,
        IDictionary map => new MapNode(Place.None, map.Keys.Cast<string>().Select(k => new MapEntry(k, Value(map[k])))),
        IEnumerable list => new ListNode(Place.None, list.Cast<object?>().Select(Value)),
        _ => Options(value),
    };
}

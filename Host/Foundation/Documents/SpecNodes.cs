namespace PluginHost.Host.Foundation.Documents;

/// <summary>Components as written: <c>{ use: NAME, option: value }</c>, or just <c>NAME</c>.</summary>
public static class SpecNodes
{
    /// <summary>The key that names the component.</summary>
    public const string Use = "use";

    /// <summary>Reads a component.</summary>
    /// <exception cref="UsageException">The node is neither a map with <c>use</c> nor a name.</exception>
    public static ComponentSpec Read(Node node)
    {
        var (use, options) = node switch
        {
            ScalarNode { IsNull: false } name => (name, new MapNode(node.Place, [])),
            MapNode map => (map[Use] as ScalarNode, new MapNode(map.Place, map.Entries.Where(e => e.Key != Use))),
            _ => (null, null),
        };
        if (use is null or { IsNull: true } || use.Text.Length == 0)
            throw new UsageException($"{node.Place}: a component is written {{ use: NAME, option: value }}, but this is "
                + $"{(node is MapNode ? "a map without a name under 'use'" : node.Describe())}.");
        return new ComponentSpec(use.Text, new NodeMap(options!)) { Origin = use.Place.ToString() };
    }

    /// <summary>Writes a component as a map.</summary>
    public static MapNode ToNode(ComponentSpec spec, Place place)
    {
        var use = new MapEntry(Use, new ScalarNode(place.At(Use), spec.Use, Quoted: true));
        return new MapNode(place, Options(spec, place).Entries.Prepend(use));
    }

    /// <summary>The options of a component as a map node, with line numbers where it was read from a file.</summary>
    public static MapNode Options(ComponentSpec spec, Place? place = null) => spec.With is NodeMap map
        ? map.Node
        : (MapNode)Node.From(spec.With, place ?? new Place(spec.Origin, 0, ""));
}

using System.Globalization;

namespace PluginHost.Host.Foundation.Documents;

/// <summary>A value of a document, not yet bound to a type, that knows where it was written.</summary>
public abstract class Node(Place place)
{
    /// <summary>Where it was written.</summary>
    public Place Place { get; } = place;

    /// <summary>The value as <see cref="ComponentSpec.With"/> holds it: text, bool, long, double, list or map.</summary>
    public abstract object? ToValue();

    /// <summary>The same value as if it stood elsewhere.</summary>
    public abstract Node Under(Place place);

    /// <summary>"text", "a list", ...: what messages call it.</summary>
    public abstract string Describe();

    /// <summary>Turns an unbound value of a <see cref="ComponentSpec"/> into a node.</summary>
    /// <exception cref="PluginException">The value is of none of the kinds an unbound value may have.</exception>
    public static Node From(object? value, Place place) => value switch
    {
        NodeMap map => map.Node,
        Node node => node,
        null => new ScalarNode(place, "", Quoted: false),
        string text => new ScalarNode(place, text, Quoted: true),
        bool flag => new ScalarNode(place, flag ? "true" : "false", Quoted: false),
        Enum name => new ScalarNode(place, name.ToString(), Quoted: true),
        double and (double.PositiveInfinity or double.NegativeInfinity) =>
            new ScalarNode(place, value is double.PositiveInfinity ? ".inf" : "-.inf", Quoted: false),
        IFormattable number and (sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal) =>
            new ScalarNode(place, number.ToString(null, CultureInfo.InvariantCulture), Quoted: false),
        ComponentSpec spec => SpecNodes.ToNode(spec, place),
        IReadOnlyDictionary<string, object?> map =>
            new MapNode(place, map.Select(p => new MapEntry(p.Key, From(p.Value, place.At(p.Key))))),
        System.Collections.IEnumerable list => new ListNode(place, list.Cast<object?>().Select((item, i) => From(item, place.At(i)))),
        _ => throw new PluginException($"{place}: an option cannot hold a {value.GetType()}."),
    };
}

/// <summary>A single value as written.</summary>
/// <param name="place">Where it was written.</param>
/// <param name="Text">Its characters, without quotes.</param>
/// <param name="Quoted">Whether it was quoted, and so is text whatever it looks like.</param>
public sealed class ScalarNode(Place place, string Text, bool Quoted) : Node(place)
{
    /// <summary>Its characters, without quotes.</summary>
    public string Text { get; } = Text;

    /// <summary>Whether it was quoted, and so is text whatever it looks like.</summary>
    public bool Quoted { get; } = Quoted;

    /// <summary>Whether nothing was given: empty, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => !Quoted && CoreSchema.IsNull(Text);

    /// <inheritdoc/>
    public override object? ToValue() => Quoted ? Text : CoreSchema.Resolve(Text);

    /// <inheritdoc/>
    public override Node Under(Place place) => new ScalarNode(place with { Line = Place.Line }, Text, Quoted);

    /// <inheritdoc/>
    public override string Describe() => IsNull ? "empty" : Quoted ? $"the text '{Text}'" : $"'{Text}'";
}

/// <summary>A list.</summary>
public sealed class ListNode(Place place, IEnumerable<Node> items) : Node(place)
{
    /// <summary>Its elements, in order.</summary>
    public List<Node> Items { get; } = [.. items];

    /// <inheritdoc/>
    public override object ToValue() => Items.Select(i => i.ToValue()).ToList();

    /// <inheritdoc/>
    public override Node Under(Place place) =>
        new ListNode(place with { Line = Place.Line }, Items.Select((item, i) => item.Under(place.At(i))));

    /// <inheritdoc/>
    public override string Describe() => "a list";
}

/// <summary>A key and its value.</summary>
/// <param name="Key">As written.</param>
/// <param name="Value">Its value.</param>
public sealed record MapEntry(string Key, Node Value);

/// <summary>A map that keeps its order.</summary>
public sealed class MapNode(Place place, IEnumerable<MapEntry> entries) : Node(place)
{
    /// <summary>Its entries as written; keys are unique.</summary>
    public List<MapEntry> Entries { get; } = [.. entries];

    /// <summary>The value of a key, or null.</summary>
    public Node? this[string key] => Entries.Find(e => e.Key == key)?.Value;

    /// <summary>Sets or adds a key.</summary>
    public void Set(string key, Node value)
    {
        var index = Entries.FindIndex(e => e.Key == key);
        if (index < 0) Entries.Add(new(key, value));
        else Entries[index] = new(key, value);
    }

    /// <inheritdoc/>
    public override object ToValue() => new NodeMap(this);

    /// <inheritdoc/>
    public override Node Under(Place place) =>
        new MapNode(place with { Line = Place.Line }, Entries.Select(e => new MapEntry(e.Key, e.Value.Under(place.At(e.Key)))));

    /// <inheritdoc/>
    public override string Describe() => "a map";
}

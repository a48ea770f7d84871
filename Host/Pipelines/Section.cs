using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Pipelines;

/// <summary>A map of known keys, read strictly; what is wrong is gathered.</summary>
internal sealed class Section
{
    private readonly MapNode map;
    private readonly Problems problems;
    private readonly Catalog catalog;

    public Section(MapNode map, string what, IReadOnlyList<PipelineKey> keys, Problems problems, Catalog catalog)
    {
        (this.map, this.problems, this.catalog) = (map, problems, catalog);
        var names = keys.Select(k => k.Name).ToList();
        foreach (var (key, node) in map.Entries)
            if (!names.Contains(key))
                problems.Add(node.Place, $"unknown key '{key}'; {what} has: {string.Join(", ", names)}{Nearest.Hint(key, names)}.");
    }

    /// <summary>Where a key is, or would be.</summary>
    public Place PlaceOf(string key) => map[key]?.Place ?? map.Place.At(key);

    /// <summary>The node of a key, or null when it is left out or empty.</summary>
    public Node? Get(string key) => map[key] is ScalarNode { IsNull: true } ? null : map[key];

    /// <summary>A text, or null when left out.</summary>
    public string? Text(string key) => (string?)Value(key, typeof(string), null);

    /// <summary>A value, or the default when left out.</summary>
    public object? Value(string key, Type type, object? usual) =>
        Get(key) is { } node && ValueBinder.TryConvert(type, false, node, null, problems, out var value) ? value : usual;

    /// <summary>A component whose options have been checked, or null when left out or wrong.</summary>
    public ComponentSpec? Spec(string key, Type kind, bool required)
    {
        if (Get(key) is { } node) return Check(node, kind);
        if (required) problems.Add(PlaceOf(key), $"is missing; write {key}: {{ use: NAME, ... }}.");
        return null;
    }

    /// <summary>Components by name.</summary>
    public IReadOnlyDictionary<string, ComponentSpec> Specs(string key, Type kind)
    {
        var result = new Dictionary<string, ComponentSpec>();
        if (Get(key) is not { } node) return result;
        if (node is not MapNode specs) problems.Add(node.Place, $"must be a map of names to components, but is {node.Describe()}.");
        else
            foreach (var (name, value) in specs.Entries)
                if (Check(value, kind) is { } spec) result[name] = spec;
        return result;
    }

    /// <summary>A list of components; one alone may stand without the list.</summary>
    public IReadOnlyList<ComponentSpec> SpecList(string key, Type kind) => Get(key) switch
    {
        null => [],
        ListNode list => [.. list.Items.Select(item => Check(item, kind)).OfType<ComponentSpec>()],
        var single => Check(single, kind) is { } spec ? [spec] : [],
    };

    /// <summary>Adds what is wrong with a key's value.</summary>
    public void Refuse(string key, string sentence) => problems.Add(PlaceOf(key), sentence);

    /// <summary>Plain options bound onto a class.</summary>
    public T Options<T>(string key) where T : class, new()
    {
        if (Get(key) is not { } node) return new T();
        if (node is MapNode options) return (T)OptionsBinder.Bind(typeof(T), options, problems);
        problems.Add(node.Place, $"must be a map with the options of {typeof(T).Name}, but is {node.Describe()}.");
        return new T();
    }

    /// <summary>A component among the options under a key, checked; the kind's default when left out, null when wrong.</summary>
    public ComponentSpec? Option(string key, string option, ComponentSpec? written, Type kind)
    {
        try
        {
            var spec = written ?? OfferSearch.Default(catalog, kind, PlaceOf(key).At(option).ToString());
            SpecCheck.Options(catalog, kind, spec, problems);
            return spec;
        }
        catch (UsageException e)
        {
            problems.Add(e);
            return null;
        }
    }

    private ComponentSpec? Check(Node node, Type kind)
    {
        try
        {
            var spec = SpecNodes.Read(node);
            SpecCheck.Options(catalog, kind, spec, problems);
            return spec;
        }
        catch (UsageException e)
        {
            problems.Add(e);
            return null;
        }
    }
}

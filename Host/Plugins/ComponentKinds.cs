using PluginHost.PluginKit;

namespace PluginHost.Host.Plugins;

/// <summary>The kinds of component there are, and what people call them.</summary>
public static class ComponentKinds
{
    /// <summary>All kinds, in the order a pipeline meets them.</summary>
    public static IReadOnlyList<Type> All => Kinds.All;

    /// <summary>Whether a type is a kind.</summary>
    public static bool IsKind(Type type) => All.Contains(type);

    /// <summary>The kind's name: "tokenizer".</summary>
    public static string Name(Type kind) => Kinds.Name(kind);

    /// <summary>The kind with its article: "a tokenizer".</summary>
    public static string WithArticle(Type kind) => Name(kind) switch
    {
        "data" => "a data source",
        var name when "aeiou".Contains(name[0]) => $"an {name}",
        var name => $"a {name}",
    };
}

using PluginHost.Checkpoints;

namespace PluginHost.Host.Plugins;

/// <summary>The kinds of component there are, and what people call them.</summary>
public static class ComponentKinds
{
    private static readonly Dictionary<Type, string> names = new()
    {
        [typeof(IDataSource)] = "data",
        [typeof(ITokenizer)] = "tokenizer",
        [typeof(Backbone)] = "architecture",
        [typeof(IObjective)] = "objective",
        [typeof(Head)] = "head",
        [typeof(IMetric)] = "metric",
        [typeof(IOptimizerFactory)] = "optimizer",
        [typeof(ISchedule)] = "schedule",
        [typeof(IRunObserver)] = "observer",
        [typeof(IDecoder)] = "decoder",
        [typeof(ITool)] = "tool",
        [typeof(ICheckpointLayout)] = "layout",
        [typeof(IInputFormat)] = "input format",
    };

    /// <summary>All kinds, in the order a pipeline meets them.</summary>
    public static IReadOnlyList<Type> All { get; } = [.. names.Keys];

    /// <summary>Whether a type is a kind.</summary>
    public static bool IsKind(Type type) => names.ContainsKey(type);

    /// <summary>The kind's name: "tokenizer".</summary>
    public static string Name(Type kind) => names.TryGetValue(kind, out var name) ? name : kind.Name;

    /// <summary>The kind with its article: "a tokenizer".</summary>
    public static string WithArticle(Type kind) => Name(kind) switch
    {
        "data" => "a data source",
        var name when "aeiou".Contains(name[0]) => $"an {name}",
        var name => $"a {name}",
    };
}

using PluginHost.Checkpoints;

namespace PluginHost.PluginKit;

/// <summary>What people call the kinds of component, as <c>host plugins list</c> does.</summary>
public static class Kinds
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

    /// <summary>The name of a kind; the type's own for what is none.</summary>
    public static string Name(Type kind) => names.GetValueOrDefault(kind, kind.Name);
}

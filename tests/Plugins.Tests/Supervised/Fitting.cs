using PluginHost.PluginKit;

namespace PluginHost.Plugins.Tests.Supervised;

/// <summary>Fits an objective to a training split as the host does: what follows from it becomes options.</summary>
internal static class Fitting
{
    public static IObjective Fit(Workbench bench, string name, object options, IEnumerable<Sample> train)
    {
        var with = options.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(options), StringComparer.OrdinalIgnoreCase);
        var found = ((IFittedObjective)bench.Build<IObjective>(new ComponentSpec(name, with))).Fit(train);
        foreach (var (option, value) in found) with[option] = value;
        return bench.Build<IObjective>(new ComponentSpec(name, with));
    }

    public static Sample Row(string id, string sequence, params (string Field, object Value)[] fields) =>
        new(id, sequence) { Origin = $"data.csv:{id}", Fields = fields.ToDictionary(f => f.Field, f => f.Value) };

    public static CollateContext Context(Workbench bench, CollateMode mode = CollateMode.Evaluate, int maxTokens = 64) =>
        new(bench.Tokenizer, maxTokens, mode, new SeededRandom(1));
}

using PluginHost.Checkpoints;
using PluginHost.Host.Foundation;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Torch;

namespace PluginHost.Host.Models.Checkpoints.Import;

using static TorchSharp.torch;

/// <summary>
/// A checkpoint's plan with the user's overrides, built: tokenizer, objective, and a model whose weights are still to come.
/// </summary>
internal sealed class ImportedParts
{
    private ImportedParts(CheckpointPlan plan, ITokenizer tokenizer, IObjective objective, TaskModel model) =>
        (Plan, Tokenizer, Objective, Model) = (plan, tokenizer, objective, model);

    /// <summary>What it was built from.</summary>
    public CheckpointPlan Plan { get; }

    public ITokenizer Tokenizer { get; }

    public IObjective Objective { get; }

    /// <summary>Its weights have names and shapes; only those of a new head have values, once <see cref="Filled"/> made them.</summary>
    public TaskModel Model { get; }

    /// <summary>
    /// Builds it for names and shapes, so that nothing is allocated by what a file claims before its tensors are compared.
    /// </summary>
    /// <param name="plan">The layout's, or an export's own.</param>
    /// <param name="request">Overrides and seed.</param>
    /// <param name="components">Builds components.</param>
    /// <param name="tokenizerFolder">Holds the plan's tokenizer files under the names tokenizers look for.</param>
    /// <exception cref="DataException">What was published asks for sizes that the components do not have.</exception>
    public static ImportedParts Build(CheckpointPlan plan, ImportRequest request, ComponentFactory components, string tokenizerFolder)
    {
        try { return Build(Override(plan, request.Overrides), request, components, tokenizerFolder, fill: false); }
        catch (UsageException impossible) when (request.Overrides.Count == 0)
        {
            throw new DataException($"'{request.Source}' asks for a model that cannot be: {impossible.Message} Is its config.json the one "
                + "that was published with these weights?", impossible);
        }
    }

    /// <summary>The same with values for the weights of new heads.</summary>
    public static ImportedParts Filled(ImportedParts parts, ImportRequest request, ComponentFactory components, string tokenizerFolder) =>
        parts.Plan.New.Count == 0 ? parts : Build(parts.Plan, request, components, tokenizerFolder, fill: true);

    private static ImportedParts Build(CheckpointPlan plan, ImportRequest request, ComponentFactory components, string tokenizerFolder,
        bool fill)
    {
        var named = request.Overrides.Select(o => o[(o.IndexOf('=') + 1)..]).ToList();
        var context = new PipelineBuildContext(components, plan.Tokenizer, plan.Architecture, PathSearch.Inside(tokenizerFolder, named),
            tokenizerFolder);
        var tokenizer = context.Tokenizer;
        // Weights that the file fills are never drawn, so that their memory is never touched.
        _ = Skeleton.Build(() => context.Backbone);
        manual_seed(RandomStreams.Torch(RandomStreams.Seed(request.Seed, "import"), 0));
        var prefix = context.Backbone.StatePrefix.Length > 0 ? context.Backbone.StatePrefix + "." : "";
        if (fill && plan.New.Any(n => n.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(n, StringComparison.Ordinal)))
            context = context.WithFreshBackbone();
        var backbone = context.Backbone;
        var objective = context.Build<IObjective>(plan.Objective);
        var specs = objective.Heads.ToDictionary(h => h.Name, h => plan.Heads.GetValueOrDefault(h.Name) ?? h.Default);
        Dictionary<string, Head> Heads() => specs.ToDictionary(h => h.Key, h => context.Build<Head>(h.Value));
        var heads = fill ? Heads() : Skeleton.Build(Heads);
        WiringCheck.Check(new Wiring(
            "host import", new(plan.Tokenizer.Use, tokenizer), new(plan.Architecture.Use, backbone), new(plan.Objective.Use, objective),
            heads.ToDictionary(h => h.Key, h => new Part<Head>(specs[h.Key].Use, h.Value))));
        return new(plan with { Heads = specs }, tokenizer, objective, new TaskModel(backbone, heads, specs));
    }

    private static CheckpointPlan Override(CheckpointPlan plan, IReadOnlyList<string> overrides)
    {
        if (overrides.Count == 0) return plan;
        var root = new MapNode(Place.None, []);
        void Put(string key, ComponentSpec spec) => root.Set(key, SpecNodes.ToNode(spec, new Place("--set", 0, key)));
        Put("tokenizer", plan.Tokenizer);
        Put("architecture", plan.Architecture);
        Put("objective", plan.Objective);
        var heads = new Place("--set", 0, "heads");
        root.Set("heads", new MapNode(heads, plan.Heads.Select(h => new MapEntry(h.Key, SpecNodes.ToNode(h.Value, heads.At(h.Key))))));
        var known = root.Entries.Select(e => e.Key).ToList();
        Overrides.Apply(root, overrides);
        if (root.Entries.Find(e => !known.Contains(e.Key)) is { } unknown)
            throw new UsageException($"--set {unknown.Key}: an import has {string.Join(", ", known)}{Nearest.Hint(unknown.Key, known)}.");
        return plan with
        {
            Tokenizer = SpecNodes.Read(root["tokenizer"]!),
            Architecture = SpecNodes.Read(root["architecture"]!),
            Objective = SpecNodes.Read(root["objective"]!),
            Heads = root["heads"] is MapNode map ? map.Entries.ToDictionary(e => e.Key, e => SpecNodes.Read(e.Value)) : plan.Heads,
        };
    }
}

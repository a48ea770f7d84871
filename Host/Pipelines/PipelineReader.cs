using System.Text.RegularExpressions;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Pipelines;

/// <summary>Reads pipeline files strictly: every key, type, limit and component name is checked before anything runs.</summary>
/// <param name="components">Knows the options of every component.</param>
public sealed partial class PipelineReader(ComponentFactory components)
{
    /// <summary>
    /// Reads a file and every version of it that <c>variants:</c>, <c>grid:</c>, <c>subsets:</c>, <c>seeds:</c> and <c>folds:</c> ask for:
    /// all combinations.
    /// </summary>
    /// <returns>Names and pipelines in order; empty when the file has none of these.</returns>
    /// <exception cref="UsageException">As <see cref="Read(string, IReadOnlyList{string}?)"/>, of any version.</exception>
    public IReadOnlyList<Variant> ReadVariants(string file, IReadOnlyList<string>? overrides = null)
    {
        if (YamlDocument.ReadFile(file) is not MapNode document) return [];
        Overrides.Apply(document, overrides ?? []);
        if (!Sweep.IsIn(document)) return [];
        WantedPlugins.Meet(document, Path.GetFullPath(file), components);
        return [.. new Sweep(document, components.Catalog).Points().Select(point =>
        {
            var root = (MapNode)YamlDocument.ReadFile(file);
            Overrides.Apply(root, overrides ?? []);
            Sweep.RemoveFrom(root);
            point.Change(root);
            return new Variant(point.Name, Finish(file, root)) { Factors = point.Factors };
        })];
    }

    /// <summary>Reads a file, leaving its variants, grid, seeds, folds and subsets aside.</summary>
    /// <param name="file">A pipeline, or the <c>pipeline.resolved.yaml</c> of a run or model folder.</param>
    /// <param name="overrides"><c>path=value</c>, applied in order.</param>
    /// <exception cref="UsageException">Everything that is wrong, one line each, with file, line and what is allowed.</exception>
    /// <exception cref="PluginException">
    /// A component is missing because its plugin was refused, or a plugin that <c>plugins:</c> wants is not there.
    /// </exception>
    public PipelineDefinition Read(string file, IReadOnlyList<string>? overrides = null)
    {
        if (YamlDocument.ReadFile(file) is not MapNode root)
            throw new UsageException($"{PathNames.Display(file)} is not a pipeline: it must be a map with the keys "
                + $"{string.Join(", ", PipelineKeys.Top.Select(k => k.Name))}.");
        Overrides.Apply(root, overrides ?? []);
        return Finish(file, root);
    }

    /// <summary>Reads a file, leaving its variants aside, and changes it before it is checked.</summary>
    /// <param name="file">A pipeline.</param>
    /// <param name="overrides"><c>path=value</c>, applied in order, before the change.</param>
    /// <param name="change">Changes the document.</param>
    /// <exception cref="UsageException">As <see cref="Read(string, IReadOnlyList{string}?)"/>.</exception>
    public PipelineDefinition Read(string file, IReadOnlyList<string> overrides, Action<MapNode> change)
    {
        if (YamlDocument.ReadFile(file) is not MapNode root)
            throw new UsageException($"{PathNames.Display(file)} is not a pipeline: it must be a map with the keys "
                + $"{string.Join(", ", PipelineKeys.Top.Select(k => k.Name))}.");
        Overrides.Apply(root, overrides);
        change(root);
        return Finish(file, root);
    }

    private PipelineDefinition Finish(string file, MapNode root)
    {
        var problems = new Problems();
        // Before anything that asks what components there are.
        var wanted = WantedPlugins.Meet(root, Path.GetFullPath(file), components);
        SequencesOf.FillIn(root, components.Offered);
        var completed = StartingModel.Complete(root, Path.GetFullPath(file), components);
        var definition = Read(Path.GetFullPath(file), root, problems);
        problems.ThrowIfAny();
        definition = definition! with { FromStart = completed, Plugins = wanted };
        return definition with { ResolvedYaml = new PipelineResolver(components.Catalog).Resolve(definition) };
    }

    /// <summary>Whether two pipelines ask for the same, wherever their files lie.</summary>
    public bool IsSameRun(PipelineDefinition one, PipelineDefinition other)
    {
        var resolver = new PipelineResolver(components.Catalog);
        // Where plugins are looked for is no part of what is asked.
        var nowhere = new WantedPlugins([], []);
        return resolver.Resolve(one with { Plugins = nowhere }, []) == resolver.Resolve(other with { Plugins = nowhere }, []);
    }

    private PipelineDefinition? Read(string file, MapNode root, Problems problems)
    {
        var top = new Section(root, "a pipeline", PipelineKeys.Top, problems, components.Catalog);
        var name = top.Text("name") ?? Path.GetFileName(file).Split('.')[0];
        CheckName(name, top.PlaceOf("name"), problems);
        var seed = (ulong)top.Value("seed", typeof(ulong), 42UL)!;
        var tokenizer = top.Spec("tokenizer", typeof(ITokenizer), required: true);
        var architecture = top.Spec("architecture", typeof(Backbone), required: true);
        var heads = top.Specs("heads", typeof(Head));
        var observers = top.SpecList("observers", typeof(IRunObserver));
        var roots = (IReadOnlyList<string>)top.Value("pathRoots", typeof(IReadOnlyList<string>), Array.Empty<string>())!;
        var stages = new StageReader(components.Catalog, problems).ReadAll(root);
        return tokenizer is null || architecture is null ? null : new PipelineDefinition
        {
            Name = name, Seed = seed, File = file, Tokenizer = tokenizer, Architecture = architecture,
            Heads = heads, Start = top.Text("start"), Stages = stages, PathRoots = roots, Observers = observers, ResolvedYaml = "",
        };
    }

    internal static void CheckName(string name, Place place, Problems problems)
    {
        if (!SafeName().IsMatch(name))
            problems.Add(place,
                $"'{name}' cannot name a folder; use up to 100 letters, digits, '.', '_' and '-', beginning with a letter or digit.");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex SafeName();
}

using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Options;
using PluginHost.PluginKit;
using PluginHost.Torch.Loading;

namespace PluginHost.Host.Plugins.Verification;

/// <summary>Every rule for one plugin: its folder's, its own, and those of each component that it offers.</summary>
/// <param name="plugin">Its folder.</param>
/// <param name="catalog">What it registered, and nothing else.</param>
/// <param name="others">What its neighbours offer.</param>
internal sealed class PluginRules(PluginFolder plugin, Catalog catalog, Lazy<ComponentFactory> others)
{
    private readonly string folder = Path.GetDirectoryName(plugin.File)!;

    /// <summary>Told of the component and the rule that comes next.</summary>
    public required Action<string, string> Trying { get; init; }

    /// <summary>The verdicts, each as soon as it is there.</summary>
    public IEnumerable<RuleVerdict> Run()
    {
        yield return catalog.Offers.Count > 0 ? Kept("offers")
            : new("", "offers", Outcome.Broken, "it offers nothing: Register adds no component");
        Trying("", "dependencies");
        yield return Verdict("dependencies", DependencyCheck.Missing(plugin.File));
        Trying("", "native libraries");
        yield return Verdict("native libraries", NativeCheck.Broken(folder));
        yield return Verdict("option types", Unwritable());
        Examples? examples = null;
        RuleVerdict? unread = null;
        try { examples = Examples.Of(folder); }
        catch (DataException e) { unread = new("", "examples", Outcome.Broken, e.Message); }
        if (unread is not null) yield return unread;
        foreach (var verdict in new Conformance(Bench(), examples) { Trying = Trying, PrepareTensors = PrepareTensors }.Run())
            yield return verdict;
    }

    private Workbench Bench()
    {
        var bench = Workbench.Of(catalog.Offers.Select(o => new PluginKit.Offer(
            o.Info.Kind, o.Info.Name, o.Info.Options, o.Info.Summary, (options, context) => o.Create(options, context)!)));
        bench.Elsewhere = new Neighbours(others);
        bench.Folder = folder;
        // As in a pipeline: the same names, the same sentences.
        bench.Binder = (options, with) =>
            OptionsBinder.Bind(options, SpecNodes.Options(new ComponentSpec("", with)));
        return bench;
    }

    private IReadOnlyList<string> Unwritable() =>
    [
        .. from offer in catalog.Offers
           from option in OptionProperty.Of(offer.Info.Options)
           where !TypeNames.CanBeWritten(option.Type)
           select $"the option '{option.Name}' of '{offer.Info.Name}' has type {option.Type.Name}, which cannot be written in a pipeline",
    ];

    private static void PrepareTensors()
    {
        try { Libtorch.Load(); }
        catch (LibtorchException e) { throw new ResourceException(e.Message, e); }
    }

    private static RuleVerdict Kept(string rule) => new("", rule, Outcome.Kept);

    private static RuleVerdict Verdict(string rule, IReadOnlyList<string> problems) =>
        problems.Count == 0 ? Kept(rule) : new("", rule, Outcome.Broken, string.Join("; ", problems));

    /// <summary>Builds what the neighbours offer.</summary>
    private sealed class Neighbours(Lazy<ComponentFactory> components) : IElsewhere
    {
        public T Build<T>(ComponentSpec spec, BuildContext context) where T : class => components.Value.Build<T>(spec, context);
    }
}

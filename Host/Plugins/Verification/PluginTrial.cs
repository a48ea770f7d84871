using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Probing;

namespace PluginHost.Host.Plugins.Verification;

/// <summary>Tries plugins in this process, which may not survive it, and tells step by step what is going on.</summary>
/// <param name="say">Told of every step.</param>
/// <param name="others">What the plugins' neighbours offer, for components that nest others.</param>
internal sealed class PluginTrial(Action<ProbeMessage> say, Lazy<ComponentFactory> others)
{
    /// <summary>Tries one after the other.</summary>
    /// <param name="folders">Their folders.</param>
    /// <param name="rules">Whether every rule is tried on what they offer; else they are only loaded and registered.</param>
    public void Run(IEnumerable<string> folders, bool rules)
    {
        foreach (var folder in folders)
        {
            say(new(ProbeMoment.Begun) { Folder = folder });
            var plugin = PluginFolder.Of(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
            var catalog = new Catalog();
            PluginLoader.Load([plugin], catalog);
            var failure = catalog.Plugins[0].Failure?[PluginLoader.Sentence(plugin.Name, "").Length..];
            var offers = catalog.Offers.Select(o => $"{ComponentKinds.Name(o.Info.Kind)} {o.Info.Name}");
            say(new(ProbeMoment.Loaded) { Folder = folder, Failure = failure, Offers = [.. offers] });
            if (rules && failure is null) Verify(plugin, catalog);
            say(new(ProbeMoment.Ended) { Folder = folder });
        }
        say(new(ProbeMoment.Done));
    }

    private void Verify(PluginFolder plugin, Catalog catalog)
    {
        var all = new PluginRules(plugin, catalog, others)
        {
            Trying = (component, rule) => say(new(ProbeMoment.Trying) { Rule = new(component, rule, PluginKit.Outcome.NotTried) }),
        };
        foreach (var verdict in all.Run()) say(new(ProbeMoment.Tried) { Rule = verdict });
    }
}

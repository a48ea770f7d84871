using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Probing;
using PluginHost.PluginKit;

namespace PluginHost.Host.Plugins.Verification;

/// <summary>Verifies plugins, each in a process of its own: what one does to the process is a verdict on that one.</summary>
/// <param name="neighbours">Folders of plugins whose components others may nest, beside the default ones.</param>
/// <param name="limit">How long one rule may take; a minute when null.</param>
public sealed class PluginVerification(IReadOnlyList<string> neighbours, TimeSpan? limit = null)
{
    private readonly TimeSpan limit = limit ?? TimeSpan.FromMinutes(1);

    /// <summary>Verifies a plugin.</summary>
    /// <param name="plugin">Its folder.</param>
    /// <param name="cancellation">Ends the process.</param>
    public async Task<PluginVerdict> RunAsync(PluginFolder plugin, CancellationToken cancellation)
    {
        if (plugin.Problem is { } problem) return new(plugin, problem, [], []);
        var (rules, loaded, trying) = (new List<RuleVerdict>(), (ProbeMessage?)null, (RuleVerdict?)null);
        string[] arguments = [Path.GetDirectoryName(plugin.File)!, "--rules",
            .. neighbours.SelectMany(folder => (string[])["--plugins", Path.GetFullPath(folder)])];
        var end = await ChildHost.RunAsync(arguments, limit, message =>
        {
            if (message.Moment == ProbeMoment.Loaded) loaded = message;
            if (message.Moment == ProbeMoment.Trying) trying = message.Rule;
            if (message is not { Moment: ProbeMoment.Tried, Rule: { } rule }) return;
            (trying, rules) = (null, [.. rules, rule]);
        }, cancellation);
        if (loaded is null) return new(plugin, end.Words(limit), [], []);
        if (loaded.Failure is not null) return new(plugin, loaded.Failure, [], []);
        if (!end.IsWhole)
            rules.Add(new(trying?.Component ?? "", trying?.Rule ?? "end", Outcome.Broken,
                $"{end.Words(limit)}; what comes after it was not tried"));
        return new(plugin, null, loaded.Offers, rules);
    }
}

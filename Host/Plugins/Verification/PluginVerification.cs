using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Probing;
using PluginHost.PluginKit;

namespace PluginHost.Host.Plugins.Verification;

/// <summary>
/// Verifies plugins in child processes: what one does to its process is a verdict on it. Several share one, for most are good; whatever
/// is not good there is verified anew in a process of its own.
/// </summary>
/// <param name="neighbours">Folders of plugins whose components others may nest, beside the default ones.</param>
/// <param name="limit">How long one rule may take; a minute when null.</param>
public sealed class PluginVerification(IReadOnlyList<string> neighbours, TimeSpan? limit = null)
{
    private readonly TimeSpan limit = limit ?? TimeSpan.FromMinutes(1);

    /// <summary>Verifies plugins.</summary>
    /// <param name="plugins">Their folders.</param>
    /// <param name="progress">Told how many are done.</param>
    /// <param name="cancellation">Ends the processes.</param>
    /// <returns>In the order of the folders.</returns>
    /// <exception cref="ResourceException">No child process could be started.</exception>
    public async Task<IReadOnlyList<PluginVerdict>> RunAsync(IReadOnlyList<PluginFolder> plugins, Action<int> progress,
        CancellationToken cancellation)
    {
        var (verdicts, done) = (new PluginVerdict[plugins.Count], 0);
        var groups = Math.Clamp(Environment.ProcessorCount / 2, 1, 8);
        await Parallel.ForAsync(0, groups, cancellation, async (group, token) =>
        {
            var mine = Enumerable.Range(0, plugins.Count).Where(i => i % groups == group).ToList();
            foreach (var i in mine.Where(i => plugins[i].Problem is not null)) Judge(i, new(plugins[i], plugins[i].Problem, [], []));
            mine.RemoveAll(i => plugins[i].Problem is not null);
            while (mine.Count > 0)
            {
                var found = await RunOnceAsync([.. mine.Select(i => plugins[i])], token);
                for (var k = 0; k < found.Count; k++)
                    Judge(mine[k], found[k].IsGood || mine.Count == 1 ? found[k] : (await RunOnceAsync([plugins[mine[k]]], token))[0]);
                mine.RemoveRange(0, found.Count);
            }
        });
        return verdicts;

        void Judge(int plugin, PluginVerdict verdict)
        {
            verdicts[plugin] = verdict;
            progress(Interlocked.Increment(ref done));
        }
    }

    /// <summary>Verifies them in one process: at least the first, at most up to the one that ends it.</summary>
    private async Task<IReadOnlyList<PluginVerdict>> RunOnceAsync(IReadOnlyList<PluginFolder> plugins, CancellationToken cancellation)
    {
        var verdicts = new List<PluginVerdict>();
        var (rules, loaded, trying) = (new List<RuleVerdict>(), (ProbeMessage?)null, (RuleVerdict?)null);
        string[] arguments = [.. plugins.Select(p => Path.GetDirectoryName(p.File)!), "--rules",
            .. neighbours.SelectMany(folder => (string[])["--plugins", Path.GetFullPath(folder)])];
        var begun = false;
        var end = await ChildHost.RunAsync(arguments, limit, message =>
        {
            switch (message.Moment)
            {
                case ProbeMoment.Begun: (begun, rules, loaded, trying) = (true, [], null, null); break;
                case ProbeMoment.Loaded: loaded = message; break;
                case ProbeMoment.Trying: trying = message.Rule; break;
                case ProbeMoment.Tried: (trying, rules) = (null, [.. rules, message.Rule!]); break;
                case ProbeMoment.Ended: verdicts.Add(new(plugins[verdicts.Count], loaded?.Failure, loaded?.Offers ?? [], rules)); break;
            }
        }, cancellation);
        if (!begun) throw new ResourceException("No process could be started to verify in: " + end.Error.Trim().Split('\n')[0]);
        if (end.IsWhole || verdicts.Count == plugins.Count) return verdicts;
        if (loaded is null) return [.. verdicts, new(plugins[verdicts.Count], end.Words(limit), [], [])];
        rules.Add(new(trying?.Component ?? "", trying?.Rule ?? "end", Outcome.Broken,
            $"{end.Words(limit)}; what comes after it was not tried"));
        return [.. verdicts, new(plugins[verdicts.Count], null, loaded.Offers, rules)];
    }
}

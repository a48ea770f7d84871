using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Plugins.Probing;

/// <summary>Keeps plugins that end the process out of this one: what is new to the machine is tried in another first.</summary>
/// <param name="probe">Tries plugins, given by their folders: <see cref="Probe.TryAll"/>.</param>
/// <param name="caches">What is known already; the first takes what is found, the others are read only.</param>
/// <param name="warn">Says what stops nothing.</param>
public sealed class ProbeGate(
    Func<IReadOnlyList<string>, IReadOnlyList<Verdict>> probe, IReadOnlyList<ProbeCache> caches, Action<string> warn)
{
    /// <summary>The gate of a host that runs: the user's cache, and what was delivered beside the host.</summary>
    public static ProbeGate Of(Action<string> warn) =>
        new(folders => new Probe().TryAll(folders),
            [new(ProbeCache.UserFolder), new(Path.Combine(AppContext.BaseDirectory, "probes"))], warn);

    /// <summary>Tries those that are new.</summary>
    /// <param name="folders">The plugins that were found.</param>
    /// <returns>The same; those that end a process have their <see cref="PluginFolder.Problem"/>.</returns>
    public IReadOnlyList<PluginFolder> Examine(IReadOnlyList<PluginFolder> folders)
    {
        var found = folders.Select(f => f.Problem is null ? Known(f) : null).ToArray();
        var unknown = Enumerable.Range(0, found.Length).Where(i => folders[i].Problem is null && found[i] is null).ToList();
        if (unknown.Count > 0) Try(folders, unknown, found);
        return [.. folders.Zip(found, (folder, verdict) => verdict is { IsDeadly: true }
            ? folder with { Problem = $"tried in a process of its own, {verdict.Failure}; --trust loads it all the same" } : folder)];
    }

    private void Try(IReadOnlyList<PluginFolder> folders, List<int> unknown, Verdict?[] found)
    {
        try
        {
            var verdicts = probe([.. unknown.Select(i => FolderOf(folders[i]))]);
            foreach (var (i, verdict) in unknown.Zip(verdicts)) found[i] = verdict;
        }
        catch (Exception e) when (e is ResourceException or System.ComponentModel.Win32Exception)
        {
            warn($"New plugins are loaded untried. {e.Message}");
            return;
        }
        try
        {
            foreach (var i in unknown) caches[0].Keep(FolderOf(folders[i]), found[i]!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn($"What was found out about new plugins cannot be kept, so they are tried at every start: {e.Message} "
                + "Set XDG_CACHE_HOME to a folder that can be written, or give --trust.");
        }
    }

    private Verdict? Known(PluginFolder folder)
    {
        try
        {
            var plugin = FolderOf(folder);
            if (caches[0].Find(plugin) is { } known) return known;
            if (caches.Skip(1).Select(cache => cache.Find(plugin)).FirstOrDefault(verdict => verdict is not null) is not { } delivered)
                return null;
            // There it is found without reading the plugin's files again; where it cannot be kept, it is found all the same.
            try { caches[0].Keep(plugin, delivered); }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
            return delivered;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Loading it will say what cannot be read.
        }
    }

    private static string FolderOf(PluginFolder folder) => Path.GetDirectoryName(folder.File)!;
}

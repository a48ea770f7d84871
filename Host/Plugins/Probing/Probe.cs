namespace PluginHost.Host.Plugins.Probing;

/// <summary>Tries plugins in a child process: loads and registers them there, within a limit of time.</summary>
/// <param name="limit">How long one may take; 30 seconds when null.</param>
public sealed class Probe(TimeSpan? limit = null)
{
    private readonly TimeSpan limit = limit ?? TimeSpan.FromSeconds(30);

    /// <summary>Tries one plugin, whatever is known of it, and keeps what is found.</summary>
    /// <param name="folder">Its folder, which holds a DLL of the same name.</param>
    /// <param name="cancellation">Ends the child process.</param>
    /// <exception cref="ResourceException">No child process could be started.</exception>
    public static Verdict Try(string folder, CancellationToken cancellation = default)
    {
        var verdict = new Probe().TryAll([folder], cancellation)[0];
        // The next start need not try it again, wherever the folder goes meanwhile.
        try { new ProbeCache(ProbeCache.UserFolder).Keep(folder, verdict); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
        return verdict;
    }

    /// <summary>
    /// Tries many, all in one process as long as it lives: most plugins are good, and a process costs more than a plugin.
    /// </summary>
    /// <param name="folders">Their folders.</param>
    /// <param name="cancellation">Ends the child process.</param>
    /// <returns>In the order of the folders.</returns>
    /// <exception cref="ResourceException">No child process could be started.</exception>
    public IReadOnlyList<Verdict> TryAll(IReadOnlyList<string> folders, CancellationToken cancellation = default)
    {
        var verdicts = new List<Verdict>();
        while (verdicts.Count < folders.Count)
        {
            var left = folders.Skip(verdicts.Count).ToList();
            var (ended, failure) = Run(left, cancellation);
            if (failure is null || left.Count == 1)
            {
                verdicts.AddRange(failure is null ? ended : [failure]);
                continue;
            }
            // The one whose turn it was, unless one before it left something behind that struck later.
            var alone = ended.Count == 0 ? failure : TryAll([left[ended.Count]], cancellation)[0];
            if (alone.IsDeadly) verdicts.AddRange([.. ended, alone]);
            else verdicts.AddRange(left.Select(folder => TryAll([folder], cancellation)[0]));
        }
        return verdicts;
    }

    private (List<Verdict> Ended, Verdict? Deadly) Run(IReadOnlyList<string> folders, CancellationToken cancellation)
    {
        var (ended, begun) = (new List<Verdict>(), false);
        var end = ChildHost.RunAsync(folders, limit, message =>
        {
            begun = true;
            if (message.Moment == ProbeMoment.Loaded) ended.Add(new(message.Failure, message.Offers));
        }, cancellation).GetAwaiter().GetResult();
        if (end.IsWhole && ended.Count == folders.Count) return (ended, null);
        if (!begun)
            throw new ResourceException("No process could be started to try new plugins in: " + end.Error.Trim().Split('\n')[0]);
        // Loaded and no more: the process ended before it could say that all was done.
        if (ended.Count == folders.Count) ended.RemoveAt(ended.Count - 1);
        return (ended, new Verdict(end.Words(limit), []) { IsDeadly = true });
    }
}

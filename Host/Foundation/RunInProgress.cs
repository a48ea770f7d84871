namespace PluginHost.Host.Foundation;

/// <summary>
/// A run whose record says that it is running: told when the process is ended from elsewhere than the host, so that the record does not
/// go on saying so. Thread-safe.
/// </summary>
public sealed class RunInProgress : IDisposable
{
    private static readonly List<RunInProgress> all = [];
    private readonly Action<Exception> fail;

    private RunInProgress(Action<Exception> fail) => this.fail = fail;

    /// <summary>Begins; it ends when this is disposed of.</summary>
    /// <param name="fail">Notes a failure; called on whatever thread ends the process.</param>
    public static RunInProgress Begin(Action<Exception> fail)
    {
        var run = new RunInProgress(fail);
        lock (all) all.Add(run);
        return run;
    }

    /// <summary>Notes in all of them why they ended.</summary>
    public static void Fail(Exception why)
    {
        RunInProgress[] running;
        lock (all) running = [.. all];
        foreach (var run in running) run.fail(why);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (all) all.Remove(this);
    }
}

namespace PluginHost.Host.Records;

/// <summary>
/// Notices that a folder which is worked in is deleted or moved, or that its disk is taken away: files that are open then go on taking
/// what is written, and it would be lost.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="hold">A file in it that is open as long as it is worked in.</param>
internal sealed class FolderWatch(string folder, FileStream hold) : IDisposable
{
    private static readonly TimeSpan interval = TimeSpan.FromSeconds(1);

    // The name under which the system knows the open file: it follows a rename and says when the file is deleted.
    private readonly string? name = NameOf(hold);
    private CancellationTokenSource? stop;
    private Timer? timer;

    /// <summary>Whether the file is where it was.</summary>
    public bool IsThere => File.Exists(hold.Name) && (name is null || NameOf(hold) == name);

    /// <summary>Begins to look every second.</summary>
    /// <returns>Cancelled when the folder is gone, or with the token given.</returns>
    public CancellationToken Begin(CancellationToken cancellation)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer = new Timer(_ => Look(), null, interval, interval);
        return stop.Token;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (timer is not null)
        {
            using var ended = new ManualResetEvent(false);
            if (timer.Dispose(ended)) ended.WaitOne();
        }
        stop?.Dispose();
    }

    private void Look()
    {
        if (Directory.Exists(folder) && IsThere) return;
        stop!.Cancel();
    }

    private static string? NameOf(FileStream file)
    {
        try { return new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget; }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException) { return null; }
    }
}

using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store;

/// <summary>Keeps others from changing the user's plugins. The system releases it when the process dies, however it dies.</summary>
internal sealed class StoreLock : IDisposable
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50), patience = TimeSpan.FromMinutes(5);

    private readonly FileStream hold;

    private StoreLock(FileStream hold) => this.hold = hold;

    /// <summary>Waits until nobody else changes anything.</summary>
    /// <param name="folder">The user's folder of plugins; made where it is not there.</param>
    /// <param name="say">Is told when there is something to wait for.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ResourceException">It cannot be written, or the other does not come to an end.</exception>
    public static StoreLock Take(string folder, Action<string> say, CancellationToken cancellation)
    {
        Disk.Guard(folder, () => Directory.CreateDirectory(folder));
        var path = Path.Combine(folder, ".lock");
        for (var waited = TimeSpan.Zero; ; waited += pause)
        {
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException held) when (held.HResult is 11 or unchecked((int)0x80070020))
            {
                if (waited == TimeSpan.Zero) say($"Waiting for another command that changes the plugins in {folder}.");
                if (waited > patience)
                    throw new ResourceException($"Another command has been changing the plugins in {folder} for {patience.TotalMinutes:F0} "
                        + "minutes. Wait for it to end, or end it.", held);
                cancellation.WaitHandle.WaitOne(pause);
                cancellation.ThrowIfCancellationRequested();
            }
            catch (UnauthorizedAccessException denied)
            {
                throw new ResourceException(
                    $"'{folder}' cannot be written: {denied.Message} Give yourself permission (chmod u+rwx).", denied);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => hold.Dispose();
}

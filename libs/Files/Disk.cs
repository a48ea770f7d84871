using System.Runtime.InteropServices;

namespace PluginHost.Libs.Files;

/// <summary>Durable writes, and the failures of disks as sentences.</summary>
public static class Disk
{
    private const int NoSpace = 28, QuotaExceeded = 122, ReadOnly = 30, InputOutput = 5; // errno(3) on Linux
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int OpenDirectory = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC

    /// <summary>
    /// Does something to files under a path; a full, unwritable or failing disk becomes a <see cref="ResourceException"/>.
    /// </summary>
    public static void Guard(string path, Action action) => Guard(path, () => { action(); return true; });

    /// <inheritdoc cref="Guard(string, Action)"/>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new ResourceException($"'{path}' cannot be written: {failure.Message} Choose another place with --output.", failure);
        }
        catch (IOException failure)
        {
            throw new ResourceException(
                $"'{path}' cannot be written: {Explain(failure.HResult) ?? $"{failure.Message} Choose another place with --output."}",
                failure);
        }
    }

    /// <summary>
    /// Writes a file so that at every moment the old or the new content is there, whole: temporary file, fsync, rename, fsync of the
    /// folder.
    /// </summary>
    public static void WriteAtomically(string path, Action<Stream> write) => Guard(path, () =>
    {
        var temporary = path + ".partial";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    });

    /// <inheritdoc cref="WriteAtomically(string, Action{Stream})"/>
    public static void WriteAtomically(string path, string text) =>
        WriteAtomically(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Makes a folder's entries durable (fsync of the directory); a no-op on Windows, where renames are journalled.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, OpenDirectory);
        if (handle < 0) throw Failure(folder);
        try
        {
            // Some network file systems do not know fsync on a directory; they say so with EINVAL.
            if (Sync(handle) != 0 && Marshal.GetLastPInvokeError() != 22) throw Failure(folder);
        }
        finally { _ = Close(handle); }
    }

    /// <summary>Bytes free for this user on the disk of a folder, or null when the system does not tell.</summary>
    public static long? FreeBytes(string folder)
    {
        try { return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace; }
        catch (Exception failure) when (failure is IOException or ArgumentException or UnauthorizedAccessException) { return null; }
    }

    /// <summary>Bytes in the unit a user reads: 1.5 GB.</summary>
    public static string Size(double bytes) => bytes switch
    {
        >= 1e9 => FormattableString.Invariant($"{bytes / 1e9:0.0} GB"),
        >= 1e6 => FormattableString.Invariant($"{bytes / 1e6:0.0} MB"),
        >= 1e3 => FormattableString.Invariant($"{bytes / 1e3:0.0} kB"),
        _ => FormattableString.Invariant($"{bytes:0} bytes"),
    };

    private static string? Explain(int code) => code switch
    {
        NoSpace or WindowsDiskFull =>
            "no space is left on the disk. Free some, or choose another place with --output; a run goes on with --resume.",
        QuotaExceeded => "the disk quota is used up. Free some space, or choose another place with --output; a run goes on with --resume.",
        ReadOnly => "the file system is read-only. Choose another place with --output.",
        InputOutput => "the disk reports an input/output error. Check it, or choose another place with --output.",
        _ => null,
    };

    private static IOException Failure(string folder)
    {
        var code = Marshal.GetLastPInvokeError();
        return new IOException($"fsync of '{folder}' failed: {Marshal.GetPInvokeErrorMessage(code)}.", code);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}

using Microsoft.Win32.SafeHandles;
using PluginHost.Libs.Files.Formats;
using PluginHost.Libs.Files.Piped;

namespace PluginHost.Libs.Files;

/// <summary>Opens input files and says in one sentence why one cannot be read.</summary>
public static class DataFile
{
    /// <summary>The path of this process's standard input, written <c>-</c> on a command line.</summary>
    public const string StandardInput = "/dev/stdin";

    /// <summary>How messages name a file: relative to the working directory when it lies below, else in full.</summary>
    public static string Show(string path)
    {
        if (FileKinds.IsStandardInput(path)) return "standard input";
        var full = Path.GetFullPath(path);
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }

    /// <summary>Opens a file for reading at any offset; a pipe is read to its end first.</summary>
    /// <exception cref="DataException">It is missing, empty, a folder, a device, or may not be read.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (IsPiped(path))
        {
            var (file, fill) = PipedInputs.Of(path);
            if (fill(long.MaxValue) == 0) throw Empty(path);
            // Others go on reading what this one closes.
            return new SafeFileHandle(file.DangerousGetHandle(), ownsHandle: false);
        }
        var handle = Guard(path, () => File.OpenHandle(path, options: FileOptions.RandomAccess));
        var length = Guard(path, () => RandomAccess.GetLength(handle));
        if (length > 0) return handle;
        handle.Dispose();
        throw Empty(path);
    }

    /// <summary>Opens a file for reading from its first byte; of a pipe, no more is fetched than is read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mayBeEmpty">Whether nothing in it is no failure.</param>
    /// <inheritdoc cref="Open"/>
    public static Stream OpenRead(string path, bool mayBeEmpty = false)
    {
        if (IsPiped(path))
        {
            var (piped, fill) = PipedInputs.Of(path);
            return mayBeEmpty || fill(1) > 0 ? new PipedStream(piped, fill) : throw Empty(path);
        }
        var file = Guard(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 14));
        if (mayBeEmpty || file.Length > 0) return file;
        file.Dispose();
        throw Empty(path);
    }

    /// <summary>Whether a path leads to something that can be read once and never again from its beginning.</summary>
    /// <exception cref="DataException">It is missing, a folder or a device.</exception>
    public static bool IsPiped(string path)
    {
        switch (FileKinds.Of(path))
        {
            case FileKind.Regular: return false;
            case FileKind.OneWay: return true;
            case FileKind.Folder:
                throw new DataException(ForeignFolder.Explain(path, "a file")
                    ?? $"{Show(path)} is a folder where a file is expected; name the file in it.");
            case FileKind.Device: throw new DataException($"{Show(path)} is a device, not a file; name a file or a pipe.");
            default:
                throw new DataException(
                    $"{Show(path)} does not exist{Hint(path)}; paths are relative to the working directory or to the pipeline file.");
        }
    }

    /// <summary>Runs a file operation and turns its failures into <see cref="DataException"/>s that name the file.</summary>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataException($"{Show(path)} may not be read; give yourself permission (chmod u+r) or run as its owner.", e);
        }
        catch (NotSupportedException e)
        {
            throw new DataException($"{Show(path)} is not a regular file (a pipe or device?); write its content to a file first.", e);
        }
        catch (IOException e)
        {
            throw new DataException($"{Show(path)} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>
    /// Whether an index was written before the file it describes; a copy or a checkout may write the two in either order within seconds.
    /// </summary>
    public static bool IsStale(string index, string path) =>
        File.GetLastWriteTimeUtc(index) + TimeSpan.FromSeconds(10) < File.GetLastWriteTimeUtc(path);

    /// <summary>Fills the buffer from an offset as far as the file goes.</summary>
    /// <returns>Bytes read.</returns>
    public static int ReadAt(SafeFileHandle handle, string path, long offset, Span<byte> buffer)
    {
        var total = 0;
        try
        {
            while (total < buffer.Length)
            {
                var read = RandomAccess.Read(handle, buffer[total..], offset + total);
                if (read == 0) break;
                total += read;
            }
        }
        catch (IOException e)
        {
            throw new DataException($"{Show(path)} cannot be read at byte {offset:N0}: {e.Message}", e);
        }
        return total;
    }

    private static DataException Empty(string path) =>
        new($"{Show(path)} is empty{(FileKinds.Of(path) == FileKind.Regular ? " (0 bytes)" : "")}; download or export it again.");

    private static string Hint(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is null) return "";
        if (!Directory.Exists(folder)) return $", nor does the folder {Show(folder)}";
        return Guard(folder, () =>
            Nearest.Hint(Path.GetFileName(path), Directory.EnumerateFiles(folder).Take(10_000).Select(f => Path.GetFileName(f))));
    }
}

using Microsoft.Win32.SafeHandles;

namespace PluginHost.Libs.Files;

/// <summary>Opens input files and says in one sentence why one cannot be read.</summary>
public static class DataFile
{
    /// <summary>How messages name a file: relative to the working directory when it lies below, else in full.</summary>
    public static string Show(string path)
    {
        var full = Path.GetFullPath(path);
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }

    /// <summary>Opens a file for reading at any offset.</summary>
    /// <exception cref="DataException">It is missing, empty, a folder, no regular file, or may not be read.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (Directory.Exists(path))
            throw new DataException($"{Show(path)} is a folder where a file is expected; name the file in it.");
        if (!File.Exists(path))
            throw new DataException(
                $"{Show(path)} does not exist{Hint(path)}; paths are relative to the working directory or to the pipeline file.");
        var handle = Guard(path, () => File.OpenHandle(path, options: FileOptions.RandomAccess));
        var length = Guard(path, () => RandomAccess.GetLength(handle));
        if (length > 0) return handle;
        handle.Dispose();
        throw new DataException($"{Show(path)} is empty (0 bytes); download or export it again.");
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

    private static string Hint(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is null) return "";
        if (!Directory.Exists(folder)) return $", nor does the folder {Show(folder)}";
        return Guard(folder, () =>
            Nearest.Hint(Path.GetFileName(path), Directory.EnumerateFiles(folder).Take(10_000).Select(f => Path.GetFileName(f))));
    }
}

using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Libs.Files;

/// <summary>
/// A folder of results that appears whole or not at all: files are written into a hidden folder beside it, which is renamed at the end.
/// </summary>
public sealed class StagedFolder : IDisposable
{
    private readonly string path, partial;
    private readonly bool force;
    private readonly List<Stream> open = [];

    private StagedFolder(string path, string partial, bool force) => (this.path, this.partial, this.force) = (path, partial, force);

    /// <summary>Begins a folder.</summary>
    /// <param name="path">Full path, as <see cref="OutputFolder.Check"/> allowed it.</param>
    /// <param name="force">Whether a folder that is there is replaced.</param>
    public static StagedFolder Create(string path, bool force)
    {
        var partial = Path.Combine(Path.GetDirectoryName(path)!, $".partial-{Path.GetFileName(path)}-{Environment.ProcessId}");
        Disk.Guard(path, () => Directory.CreateDirectory(partial));
        return new(path, partial, force);
    }

    /// <summary>Begins a file, closed with the folder at the latest.</summary>
    /// <param name="relative">Its path inside the folder.</param>
    public Stream Add(string relative)
    {
        var file = Path.Combine(partial, relative);
        return Disk.Guard(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            open.Add(stream);
            return stream;
        });
    }

    /// <summary>Closes a file before the others, where there are many.</summary>
    public void Close(Stream file)
    {
        Disk.Guard(path, file.Dispose);
        open.Remove(file);
    }

    /// <summary>Writes a text file.</summary>
    public void Add(string relative, string text) => Disk.Guard(path, () => File.WriteAllText(Path.Combine(partial, relative), text));

    /// <summary>Makes the folder appear.</summary>
    /// <exception cref="UsageException">Something else made a folder of the name meanwhile.</exception>
    public void Commit() => Disk.Guard(path, () =>
    {
        CloseAll();
        OutputFolder.Replace(partial, path, force);
    });

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        // A full disk makes closing fail too; the failure that matters is already on its way.
        foreach (var stream in open.OfType<FileStream>()) stream.SafeFileHandle.Dispose();
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
    }

    private void CloseAll()
    {
        foreach (var stream in open) stream.Dispose();
        open.Clear();
    }
}

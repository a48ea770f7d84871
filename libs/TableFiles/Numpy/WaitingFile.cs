using System.Runtime.InteropServices;

namespace PluginHost.Libs.TableFiles.Numpy;

/// <summary>
/// Elements that wait on the disk for their place in another file. The file has no name where the system allows that, so a kill leaves
/// nothing behind.
/// </summary>
public sealed class WaitingFile : IDisposable
{
    private readonly FileStream file;

    /// <param name="folder">With room for them.</param>
    public WaitingFile(string folder)
    {
        var path = Path.Combine(folder, $".partial-{Path.GetRandomFileName()}");
        file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
    }

    /// <summary>Adds elements.</summary>
    public void Write<T>(ReadOnlySpan<T> elements) where T : unmanaged => file.Write(MemoryMarshal.AsBytes(elements));

    /// <summary>Copies all of them.</summary>
    public void CopyTo(Stream target) => Rewound().CopyTo(target);

    /// <summary>The elements, from the first.</summary>
    public Stream Rewound()
    {
        file.Position = 0;
        return file;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}

using System.IO.MemoryMappedFiles;

namespace PluginHost.Host.Checkpoints.Containers;

/// <summary>A file in memory-mapped windows: only the window being copied counts against the process.</summary>
internal sealed class MappedFile : IDisposable
{
    private const long Window = 32 << 20;

    private readonly MemoryMappedFile? map;

    /// <exception cref="DataException">There is no such file.</exception>
    public MappedFile(string path)
    {
        Path = path;
        if (!File.Exists(path)) throw new DataException($"'{path}' does not exist.");
        Length = new FileInfo(path).Length;
        // An empty file cannot be mapped, and has nothing to map.
        if (Length > 0) map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>Its length in bytes when it was opened.</summary>
    public long Length { get; }

    /// <summary>Copies bytes out.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="target">Filled whole.</param>
    public void Read(long offset, Span<byte> target)
    {
        while (target.Length > 0)
        {
            var size = (int)Math.Min(target.Length, Window);
            using var view = map!.CreateViewAccessor(offset, size, MemoryMappedFileAccess.Read);
            view.SafeMemoryMappedViewHandle.ReadSpan((ulong)view.PointerOffset, target[..size]);
            target = target[size..];
            offset += size;
        }
    }

    /// <summary>A stream over a stretch of it.</summary>
    public Stream Open(long offset, long length) => length == 0
        ? new MemoryStream([], writable: false)
        : map!.CreateViewStream(offset, length, MemoryMappedFileAccess.Read);

    /// <inheritdoc/>
    public void Dispose() => map?.Dispose();
}

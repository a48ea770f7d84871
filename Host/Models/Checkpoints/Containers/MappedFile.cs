using System.IO.MemoryMappedFiles;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Models.Checkpoints.Containers;

/// <summary>A file in memory-mapped windows: only the window being copied counts against the process.</summary>
internal sealed class MappedFile : IDisposable
{
    private const long Window = 32 << 20;

    private readonly MemoryMappedFile? map;
    private readonly byte[]? content;

    /// <exception cref="DataException">There is no such file.</exception>
    public MappedFile(string path)
    {
        Path = path;
        if (!File.Exists(path)) throw new DataException($"'{path}' does not exist.");
        Length = RealPath.Length(path);
        // An empty file cannot be mapped, and has nothing to map.
        if (Length > 0) map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
    }

    /// <summary>A file that is in memory already, for tests of what is read from it.</summary>
    internal MappedFile(string path, byte[] content) => (Path, this.content, Length) = (path, content, content.Length);

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>Its length in bytes when it was opened.</summary>
    public long Length { get; }

    /// <summary>Copies bytes out.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="target">Filled whole.</param>
    public void Read(long offset, Span<byte> target)
    {
        if (content is not null)
        {
            content.AsSpan((int)offset, target.Length).CopyTo(target);
            return;
        }
        while (target.Length > 0)
        {
            var size = (int)Math.Min(target.Length, Window);
            using var view = map!.CreateViewAccessor(offset, size, MemoryMappedFileAccess.Read);
            view.SafeMemoryMappedViewHandle.ReadSpan((ulong)view.PointerOffset, target[..size]);
            target = target[size..];
            offset += size;
        }
    }

    /// <summary>A stream over all of it.</summary>
    public Stream Open() => map is null ? new MemoryStream(content ?? [], writable: false)
        : map.CreateViewStream(0, Length, MemoryMappedFileAccess.Read);

    /// <inheritdoc/>
    public void Dispose() => map?.Dispose();
}

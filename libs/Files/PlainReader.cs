using Microsoft.Win32.SafeHandles;

namespace PluginHost.Libs.Files;

/// <summary>An uncompressed file.</summary>
/// <param name="handle">Open for reading; closed when collected.</param>
/// <param name="path">For messages.</param>
public sealed class PlainReader(SafeFileHandle handle, string path) : IByteReader
{
    private const int PieceSize = 1 << 20;

    /// <inheritdoc/>
    public string Path => path;

    /// <inheritdoc/>
    public long Length { get; } = RandomAccess.GetLength(handle);

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> buffer) => DataFile.ReadAt(handle, path, offset, buffer);

    /// <inheritdoc/>
    public void Stream(Action<ReadOnlyMemory<byte>> piece)
    {
        var buffer = new byte[PieceSize];
        for (var offset = 0L; ;)
        {
            var read = Read(offset, buffer);
            if (read == 0) return;
            piece(buffer.AsMemory(0, read));
            offset += read;
        }
    }
}

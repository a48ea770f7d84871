using System.Buffers.Binary;
using System.IO.Compression;

namespace PluginHost.Libs.Files.Compressed;

/// <summary>
/// Packs what is written as bgzip does (SAM specification, section 4.1): plain gzip to every reader, and readable at random places.
/// </summary>
/// <param name="packed">Where the blocks go; closed with this stream.</param>
public sealed class BgzfWriter(Stream packed) : ForwardWriter
{
    private const int BlockBytes = 0xff00;
    private static readonly byte[] endOfFile =
        [0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, (byte)'B', (byte)'C', 2, 0, 0x1b, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly byte[] block = new byte[BlockBytes];
    private int filled;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> source)
    {
        while (source.Length > 0)
        {
            var part = source[..Math.Min(source.Length, BlockBytes - filled)];
            part.CopyTo(block.AsSpan(filled));
            filled += part.Length;
            source = source[part.Length..];
            if (filled == BlockBytes) Flush();
        }
    }

    /// <summary>Ends the block.</summary>
    public override void Flush()
    {
        if (filled == 0) return;
        var gzip = new MemoryStream();
        using (var pack = new GZipStream(gzip, CompressionLevel.Optimal, leaveOpen: true)) pack.Write(block, 0, filled);
        // The stream wrote a header of ten bytes; ours has the field with the block's size besides.
        var content = gzip.GetBuffer().AsSpan(10, (int)gzip.Length - 10);
        Span<byte> header = [0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, (byte)'B', (byte)'C', 2, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(header[16..], (ushort)(header.Length + content.Length - 1));
        packed.Write(header);
        packed.Write(content);
        filled = 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
            packed.Write(endOfFile);
            packed.Dispose();
        }
        base.Dispose(disposing);
    }
}

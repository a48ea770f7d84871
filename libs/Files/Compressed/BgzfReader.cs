using System.Buffers;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace PluginHost.Libs.Files.Compressed;

/// <summary>A bgzip file read in place: whole blocks are unpacked and the most recently used kept.</summary>
/// <param name="handle">Open for reading; closed when collected.</param>
/// <param name="path">For messages.</param>
/// <param name="index">Block starts.</param>
/// <param name="cachedBlocks">Unpacked blocks kept, 64 KiB each. Default 512: 32 MiB.</param>
public sealed class BgzfReader(SafeFileHandle handle, string path, BgzfIndex index, int cachedBlocks = 512) : IByteReader
{
    private const int StreamedBlocks = 128;
    private readonly RecentBlocks cache = new(cachedBlocks);

    /// <inheritdoc/>
    public string Path => path;

    /// <inheritdoc/>
    public long Length => index.Unpacked[^1];

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length && offset < Length)
        {
            var block = index.Find(offset);
            var content = cache.Get(block) ?? cache.Add(block, Unpack(block));
            var part = content.AsSpan((int)(offset - index.Unpacked[block]));
            var count = Math.Min(part.Length, buffer.Length - total);
            part[..count].CopyTo(buffer[total..]);
            total += count;
            offset += count;
        }
        return total;
    }

    /// <summary>Goes through everything in order, unpacking a batch of blocks on all cores at a time; the cache stays as it is.</summary>
    public void Stream(Action<ReadOnlyMemory<byte>> piece)
    {
        for (var first = 0; first < index.Blocks; first += StreamedBlocks)
        {
            var last = Math.Min(index.Blocks, first + StreamedBlocks);
            var from = index.Packed[first];
            var packed = ArrayPool<byte>.Shared.Rent((int)(index.Packed[last] - from));
            var size = (int)(index.Unpacked[last] - index.Unpacked[first]);
            var unpacked = ArrayPool<byte>.Shared.Rent(Math.Max(1, size));
            try
            {
                DataFile.ReadAt(handle, path, from, packed.AsSpan(0, (int)(index.Packed[last] - from)));
                var start = first;
                Run(first, last, block => Inflate(
                    block,
                    packed, (int)(index.Packed[block] - from),
                    unpacked.AsSpan((int)(index.Unpacked[block] - index.Unpacked[start]), Size(block))));
                piece(unpacked.AsMemory(0, size));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(packed);
                ArrayPool<byte>.Shared.Return(unpacked);
            }
        }
    }

    private static void Run(int first, int last, Action<int> action)
    {
        try
        {
            Parallel.For(first, last, action);
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<DataException>().FirstOrDefault() is { } data)
        {
            throw new DataException(data.Message, data);
        }
    }

    private int Size(int block) => (int)(index.Unpacked[block + 1] - index.Unpacked[block]);

    private byte[] Unpack(int block)
    {
        var packed = ArrayPool<byte>.Shared.Rent((int)(index.Packed[block + 1] - index.Packed[block]));
        try
        {
            DataFile.ReadAt(handle, path, index.Packed[block], packed.AsSpan(0, (int)(index.Packed[block + 1] - index.Packed[block])));
            var content = new byte[Size(block)];
            Inflate(block, packed, 0, content);
            return content;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    private void Inflate(int block, byte[] packed, int start, Span<byte> content)
    {
        var size = (int)(index.Packed[block + 1] - index.Packed[block]);
        if (!BgzfHeader.TryRead(packed.AsSpan(start, size), out var told) || told != size) throw Bad(block, null);
        try
        {
            // The gzip trailer's checksum is verified by the stream; its length by the two tests here.
            using var gzip = new GZipStream(new MemoryStream(packed, start, size, writable: false), CompressionMode.Decompress);
            if (gzip.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length || gzip.ReadByte() >= 0)
                throw Bad(block, null);
        }
        catch (InvalidDataException e)
        {
            throw Bad(block, e);
        }
    }

    private DataException Bad(int block, Exception? cause) => new(
        $"{DataFile.Show(path)}: bgzip block {block + 1:N0} at byte {index.Packed[block]:N0} is damaged; test the file with 'gzip -t' and "
            + "copy or download it again.", cause);
}

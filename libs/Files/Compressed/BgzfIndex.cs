using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace PluginHost.Libs.Files.Compressed;

/// <summary>Where each BGZF block begins, packed and unpacked.</summary>
/// <param name="Packed">Offsets in the file, ascending, one per block and then the end.</param>
/// <param name="Unpacked">Offsets in the unpacked data, likewise.</param>
/// <param name="Ended">Whether the file closes with the end-of-file block.</param>
public sealed record BgzfIndex(long[] Packed, long[] Unpacked, bool Ended)
{
    /// <summary>Number of blocks.</summary>
    public int Blocks => Packed.Length - 1;

    /// <summary>The block that holds an unpacked offset.</summary>
    public int Find(long offset)
    {
        var found = Array.BinarySearch(Unpacked, offset);
        if (found < 0) return ~found - 1;
        while (found < Blocks - 1 && Unpacked[found + 1] == offset) found++;
        return found;
    }

    /// <summary>Hops from block header to block header: reads a few bytes of each block and unpacks nothing.</summary>
    /// <exception cref="DataException">A block is damaged or cut off.</exception>
    public static BgzfIndex Build(SafeFileHandle handle, string path)
    {
        var length = RandomAccess.GetLength(handle);
        var packed = new List<long>();
        var unpacked = new List<long>();
        Span<byte> bytes = stackalloc byte[8 + BgzfHeader.Probe];
        var at = 0L;
        var total = 0L;
        var lastSize = 0;
        var lastContent = -1L;
        var head = bytes[8..];
        var read = DataFile.ReadAt(handle, path, 0, head);
        while (at < length)
        {
            if (!BgzfHeader.TryRead(head[..read], out lastSize)) throw Bad(path, at, packed.Count, "has no bgzip header");
            if (at + lastSize > length) throw Bad(path, at, packed.Count, "is cut off");
            packed.Add(at);
            unpacked.Add(total);
            at += lastSize;
            read = Math.Max(0, DataFile.ReadAt(handle, path, at - 8, bytes) - 8);
            lastContent = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            if (lastContent > 1 << 16) throw Bad(path, at - lastSize, packed.Count - 1, "claims more than 64 KiB");
            total += lastContent;
        }
        return new([.. packed, at], [.. unpacked, total], Ended: lastSize == BgzfHeader.EndOfFile.Length && lastContent == 0);
    }

    private static DataException Bad(string path, long at, int block, string what) => new(
        $"{DataFile.Show(path)}: bgzip block {block + 1:N0} at byte {at:N0} {what}; the file is damaged or incomplete: test it with 'gzip "
            + "-t' and copy or download it again.");
}

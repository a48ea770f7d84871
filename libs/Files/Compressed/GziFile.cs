using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace PluginHost.Libs.Files.Compressed;

/// <summary>
/// The block index that bgzip and samtools leave beside a file as <c>.gzi</c>: a count, then pairs of packed and unpacked block starts,
/// 64-bit little-endian, the first block left out.
/// </summary>
public static class GziFile
{
    private const int SpotChecks = 16;

    /// <summary>Reads the index beside a file if it is not older than the file and fits it.</summary>
    /// <param name="handle">The bgzip file.</param>
    /// <param name="path">Its path; the index has <c>.gzi</c> appended.</param>
    /// <param name="note">Why an index that exists is not used; else null.</param>
    /// <returns>Null when there is none to be used.</returns>
    public static BgzfIndex? TryRead(SafeFileHandle handle, string path, out string? note)
    {
        note = null;
        var file = path + ".gzi";
        if (FileKinds.Of(file) != FileKind.Regular) return null;
        var index = Parse(handle, path, file, out var problem);
        if (index is null) note = $"{DataFile.Show(file)} {problem} and is not used; 'bgzip -r {DataFile.Show(path)}' rebuilds it.";
        return index;
    }

    private static BgzfIndex? Parse(SafeFileHandle handle, string path, string file, out string problem)
    {
        problem = "is older than the data";
        if (DataFile.IsStale(file, path)) return null;

        problem = "is damaged";
        var bytes = DataFile.Guard(file, () => File.ReadAllBytes(file));
        if (bytes.Length < 8 || bytes.Length != 8 + 16 * BinaryPrimitives.ReadInt64LittleEndian(bytes)) return null;
        var packed = new List<long> { 0 };
        var unpacked = new List<long> { 0 };
        for (var at = 8; at < bytes.Length; at += 16)
        {
            packed.Add(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at)));
            unpacked.Add(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + 8)));
            if (packed[^1] <= packed[^2] || unpacked[^1] < unpacked[^2]) return null;
        }

        problem = "does not fit the data";
        var length = RandomAccess.GetLength(handle);
        for (var i = 0; i < packed.Count - 1; i += 1 + packed.Count / SpotChecks)
            if (Block(handle, path, length, packed[i]) is not { } block
                || block.Size != packed[i + 1] - packed[i] || block.Content != unpacked[i + 1] - unpacked[i])
                return null;

        // The list may stop before the end-of-file block: go on from its last block by headers.
        while (true)
        {
            if (Block(handle, path, length, packed[^1]) is not { } block) return null;
            packed.Add(packed[^1] + block.Size);
            unpacked.Add(unpacked[^1] + block.Content);
            if (packed[^1] == length)
                return new([.. packed], [.. unpacked], Ended: block.Content == 0 && block.Size == BgzfHeader.EndOfFile.Length);
        }
    }

    private static (int Size, long Content)? Block(SafeFileHandle handle, string path, long length, long at)
    {
        Span<byte> probe = stackalloc byte[BgzfHeader.Probe];
        var read = DataFile.ReadAt(handle, path, at, probe);
        if (!BgzfHeader.TryRead(probe[..read], out var size) || at + size > length) return null;
        DataFile.ReadAt(handle, path, at + size - 4, probe[..4]);
        return (size, BinaryPrimitives.ReadUInt32LittleEndian(probe));
    }
}

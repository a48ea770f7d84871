using System.Buffers.Binary;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store.Packages;

/// <summary>
/// The record at the end of a zip archive (APPNOTE 4.3.16), looked at before the list of entries is read: a list may be made so long that
/// reading it takes all memory.
/// </summary>
internal static class ZipEnd
{
    private const uint Signature = 0x06054b50;
    private const int Length = 22, LongestComment = 65_535, LongestEntry = 4096;

    /// <summary>Why an archive is not read, as the rest of a sentence about it; null if it is. What is no archive at all passes.</summary>
    public static string? Refuse(string path, PackageLimits limits)
    {
        using var file = DataFile.OpenRead(path);
        var tail = new byte[Math.Min(file.Length, Length + LongestComment)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        for (var at = tail.Length - Length; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) != Signature) continue;
            var count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
            // The reader goes through all that lies between the list's beginning and its end, whatever count it is told.
            var begin = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
            var end = file.Length - tail.Length + at;
            return begin == uint.MaxValue || count == ushort.MaxValue || end - begin > (long)limits.Entries * LongestEntry
                || count > limits.Entries ? $"has a list of more than {limits.Entries:N0} entries, or of a kind for such" : null;
        }
        return null;
    }
}

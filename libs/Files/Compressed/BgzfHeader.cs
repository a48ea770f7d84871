using System.Buffers.Binary;

namespace PluginHost.Libs.Files.Compressed;

/// <summary>
/// The header of a BGZF block (SAM specification, section 4.1): a gzip header whose extra field BC holds the block's size.
/// </summary>
public static class BgzfHeader
{
    /// <summary>Enough bytes to hold any header met in practice.</summary>
    public const int Probe = 64;

    /// <summary>The empty block that ends a whole file.</summary>
    public static ReadOnlySpan<byte> EndOfFile =>
    [
        0x1F, 0x8B, 0x08, 0x04, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, 0x1B, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Whether a file's last bytes are the empty block that ends a whole one.</summary>
    public static bool IsEndOfFile(ReadOnlySpan<byte> last) =>
        last.Length >= EndOfFile.Length && TryRead(last[^EndOfFile.Length..], out var size) && size == EndOfFile.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(last[^4..]) == 0;

    /// <summary>
    /// The failure of a file that ends without that block: it was cut off between two blocks, which nothing else in it tells.
    /// </summary>
    public static DataException CutOff(string path) => new(
        $"{DataFile.Show(path)} ends without bgzip's end-of-file block: it is cut off, and what is missing cannot be told. Copy or "
            + "download it again; if it is known to be whole, pack it anew (gunzip -c FILE | bgzip > NEW).");

    /// <summary>Reads a block's whole size in bytes, header and trailer included.</summary>
    /// <returns>False when the bytes are no BGZF header.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out int blockSize)
    {
        blockSize = 0;
        if (bytes.Length < 18 || bytes[0] != 0x1F || bytes[1] != 0x8B || bytes[2] != 8 || (bytes[3] & 4) == 0) return false;
        var extra = BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        var fields = bytes[12..Math.Min(bytes.Length, 12 + extra)];
        while (fields.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(fields[2..]);
            if (fields[0] == (byte)'B' && fields[1] == (byte)'C' && length == 2 && fields.Length >= 6)
            {
                blockSize = BinaryPrimitives.ReadUInt16LittleEndian(fields[4..]) + 1;
                return blockSize >= 12 + extra + 8;
            }
            if (fields.Length < 4 + length) return false;
            fields = fields[(4 + length)..];
        }
        return false;
    }
}

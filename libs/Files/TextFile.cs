using PluginHost.Libs.Files.Compressed;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Files;

/// <summary>
/// The one way into a file that is read from start to end: plain, gzip or bgzip, a file or a pipe, told by its content. Refuses what
/// is cut off, and what is known to be something else.
/// </summary>
public static class TextFile
{
    /// <summary>Bytes at its beginning that tell what a file holds.</summary>
    public const int HeadBytes = 1 << 12;

    /// <summary>The text from its first byte.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">What is read, for messages: <c>a table</c>.</param>
    /// <param name="read">The formats that its reader takes.</param>
    /// <exception cref="DataException">
    /// It is missing, empty, no text, or of another format; what comes out ends in one where the file is damaged or cut off.
    /// </exception>
    public static Stream Open(string path, string wanted, params ReadOnlySpan<TextFormat> read)
    {
        Check(Head(path), path, wanted, read);
        // Told before hours of reading where the end can be seen from here, at the end of a pipe.
        if (CompressionSniffer.Detect(path) == Compression.Bgzf && !DataFile.IsPiped(path)) CheckEnd(path);
        return Unpack(path);
    }

    /// <summary>The first bytes, unpacked.</summary>
    /// <exception cref="DataException">The file is missing, empty, or cannot be read.</exception>
    public static byte[] Head(string path)
    {
        using var stream = Unpack(path);
        var head = new byte[HeadBytes];
        return head[..stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
    }

    private static Stream Unpack(string path)
    {
        var packed = DataFile.OpenRead(path);
        try
        {
            return CompressionSniffer.Detect(path) == Compression.None ? packed : new GzipText(packed, path);
        }
        catch
        {
            packed.Dispose();
            throw;
        }
    }

    private static void CheckEnd(string path)
    {
        using var file = DataFile.Open(path);
        Span<byte> last = stackalloc byte[BgzfHeader.EndOfFile.Length];
        var from = Math.Max(0, RandomAccess.GetLength(file) - last.Length);
        if (!BgzfHeader.IsEndOfFile(last[..DataFile.ReadAt(file, path, from, last)])) throw BgzfHeader.CutOff(path);
    }

    private static void Check(ReadOnlySpan<byte> head, string path, string wanted, ReadOnlySpan<TextFormat> read)
    {
        if (head.Length == 0) throw new DataException($"{DataFile.Show(path)} is empty once unpacked; download or export it again.");
        ForeignFormat.Refuse(head, path, wanted, read);
        if (head.ContainsAnyInRange((byte)0, (byte)8))
            throw new DataException($"{DataFile.Show(path)} is not text, so not {wanted}; check that it is the right file.");
        if (FileHead.Trim(head).IsEmpty)
            throw new DataException($"{DataFile.Show(path)} holds nothing but blanks; download or export it again.");
    }
}

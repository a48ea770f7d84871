namespace PluginHost.Libs.Files.Compressed;

/// <summary>The beginning of a file, which tells what it holds.</summary>
public static class FileHead
{
    private const int Bytes = 1 << 12;

    /// <summary>The first bytes, unpacked where the file is gzip or bgzip, without a byte order mark and blanks before them.</summary>
    /// <exception cref="DataException">The file is missing, empty, or cannot be read.</exception>
    public static byte[] Read(string path)
    {
        var head = new byte[Bytes];
        int read;
        using (var handle = DataFile.Open(path)) read = DataFile.ReadAt(handle, path, 0, head);
        if (CompressionSniffer.Detect(head.AsSpan(0, read), path) != Compression.None)
        {
            using var gzip = new GzipText(DataFile.Guard(path, () => File.OpenRead(path)), path);
            read = gzip.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        return head.AsSpan(0, read).TrimStart([.. "\r\n\t "u8, .. System.Text.Encoding.UTF8.Preamble]).ToArray();
    }
}

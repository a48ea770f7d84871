namespace PluginHost.Libs.Files;

/// <summary>The beginning of a file, which tells what it holds.</summary>
public static class FileHead
{
    private static readonly byte[] blanks = [.. "\r\n\t "u8, .. System.Text.Encoding.UTF8.Preamble];

    /// <summary>The first bytes, unpacked where the file is gzip or bgzip, without a byte order mark and blanks before them.</summary>
    /// <exception cref="DataException">The file is missing, empty, or cannot be read.</exception>
    public static byte[] Read(string path) => Trim(TextFile.Head(path)).ToArray();

    /// <summary>Leaves out a byte order mark and blanks.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> head) => head.TrimStart(blanks);
}

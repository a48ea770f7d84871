using PluginHost.Libs.Files.Compressed;

namespace PluginHost.Libs.Files;

/// <summary>Reads a text file, plain or gzip, line by line.</summary>
public static class LineReader
{
    private const int Probe = 1 << 12;

    /// <summary>The lines with their numbers, counted from 1.</summary>
    /// <exception cref="DataException">The file is missing, empty, damaged, or no text.</exception>
    public static IEnumerable<(long Number, string Text)> Read(string path)
    {
        using var reader = Open(path);
        for (var number = 1L; Guard(path, reader) is { } line; number++) yield return (number, line);
    }

    /// <summary>Opens a text file, unpacking gzip.</summary>
    public static StreamReader Open(string path)
    {
        var head = new byte[Probe];
        int read;
        using (var handle = DataFile.Open(path)) read = DataFile.ReadAt(handle, path, 0, head);
        var packed = CompressionSniffer.Detect(head.AsSpan(0, read), path) != Compression.None;
        if (!packed && head.AsSpan(0, read).Contains((byte)0))
            throw new DataException($"{DataFile.Show(path)} is not text; check that it is the right file.");
        Stream stream = DataFile.Guard(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16));
        return new StreamReader(packed ? new GzipText(stream, path) : stream, System.Text.Encoding.UTF8, true, 1 << 16);
    }

    private static string? Guard(string path, StreamReader reader) => DataFile.Guard(path, reader.ReadLine);
}

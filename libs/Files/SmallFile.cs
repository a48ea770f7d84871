using System.Text;

namespace PluginHost.Libs.Files;

/// <summary>Reads a file whole that is known to be small. A pipe will do; a device, which may never end, will not.</summary>
public static class SmallFile
{
    private const int Piece = 1 << 16;

    /// <summary>The content.</summary>
    /// <param name="path">A file or a pipe.</param>
    /// <param name="limit">The most bytes taken.</param>
    /// <param name="what">What it is, for messages: <c>a vocabulary</c>.</param>
    /// <exception cref="DataException">It is missing, no file, may not be read, or is larger.</exception>
    public static byte[] ReadBytes(string path, int limit, string what)
    {
        using var stream = DataFile.OpenRead(path, mayBeEmpty: true);
        var content = new MemoryStream();
        var buffer = new byte[Piece];
        for (int read; (read = DataFile.Guard(path, () => stream.Read(buffer, 0, buffer.Length))) > 0;)
        {
            if (content.Length + read > limit)
                throw new DataException($"{DataFile.Show(path)} is larger than {TextLimits.Show(limit)}, the most that {what} may have; "
                    + "check that it is the right file.");
            content.Write(buffer, 0, read);
        }
        return content.ToArray();
    }

    /// <summary>The content as lines of UTF-8 text.</summary>
    /// <inheritdoc cref="ReadBytes"/>
    public static string[] ReadLines(string path, int limit, string what)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(path, limit, what)), Encoding.UTF8);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        return [.. lines];
    }
}

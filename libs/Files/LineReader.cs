using System.Text;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Files;

/// <summary>Reads a text file, plain or gzip, line by line.</summary>
public static class LineReader
{
    /// <summary>The lines with their numbers, counted from 1.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">What is read, for messages: <c>a VCF file</c>.</param>
    /// <param name="read">The formats that the reader takes.</param>
    /// <exception cref="DataException">The file is missing, empty, damaged, cut off, no text, or has an endless line.</exception>
    public static IEnumerable<(long Number, string Text)> Read(string path, string wanted, params TextFormat[] read)
    {
        using var reader = new StreamReader(TextFile.Open(path, wanted, read), Encoding.UTF8, true, 1 << 14);
        var lines = new BoundedLines(reader, path);
        while (lines.Next() is { } line) yield return (lines.Number, line);
    }
}

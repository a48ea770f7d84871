using System.Text;

namespace PluginHost.Libs.Files;

/// <summary>Lines of a text, ended by LF, CRLF or CR, none of them longer than a limit: so an endless one takes no memory.</summary>
/// <param name="reader">The text; not closed.</param>
/// <param name="path">For messages.</param>
public sealed class BoundedLines(TextReader reader, string path)
{
    private readonly char[] buffer = new char[1 << 14];
    private readonly StringBuilder begun = new();
    private int start, end;
    private bool afterReturn;

    /// <summary>The number of the line last read, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end, or null.</summary>
    /// <exception cref="DataException">It is longer than <see cref="TextLimits.LongestLine"/>, or cannot be read.</exception>
    public string? Next()
    {
        Number++;
        while (true)
        {
            if (start == end && !Fill())
            {
                if (begun.Length > 0) return Finish([]);
                Number--;
                return null;
            }
            if (afterReturn && buffer[start] == '\n') start++;
            afterReturn = false;
            var rest = buffer.AsSpan(start, end - start);
            var length = rest.IndexOfAny('\r', '\n');
            if (length >= 0)
            {
                afterReturn = rest[length] == '\r';
                start += length + 1;
                return Finish(rest[..length]);
            }
            begun.Append(rest);
            start = end;
            if (begun.Length > TextLimits.LongestLine)
                throw new DataException(
                    $"{DataFile.Show(path)}:{Number}: the line is longer than {TextLimits.Show(TextLimits.LongestLine)}, "
                    + "the most that is read; check that this is the right file.");
        }
    }

    private bool Fill()
    {
        (start, end) = (0, DataFile.Guard(path, () => reader.Read(buffer, 0, buffer.Length)));
        return end > 0;
    }

    private string Finish(ReadOnlySpan<char> rest)
    {
        if (begun.Length == 0) return rest.ToString();
        var line = begun.Append(rest).ToString();
        begun.Clear();
        return line;
    }
}

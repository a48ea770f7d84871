namespace PluginHost.Libs.Files.Formats;

/// <summary>Names a file that is given where another format is wanted, by its content, and says what reads or converts it.</summary>
public static class ForeignFormat
{
    /// <summary>What a file is known to be; null where its first bytes do not tell.</summary>
    /// <param name="head">Its first bytes, unpacked.</param>
    public static KnownFormat? Find(ReadOnlySpan<byte> head) => BinaryFormats.Find(head) ?? TextFormats.Find(FileHead.Trim(head));

    /// <summary>What a file is called, with its article; null where its content does not tell.</summary>
    public static string? Name(string path) => Find(TextFile.Head(path))?.Name;

    /// <summary>Refuses what is of another format.</summary>
    /// <param name="head">The file's first bytes, unpacked.</param>
    /// <param name="path">The file.</param>
    /// <param name="wanted">What it should be: <c>a table</c>.</param>
    /// <param name="read">The formats that its reader takes.</param>
    /// <exception cref="DataException">It is.</exception>
    public static void Refuse(ReadOnlySpan<byte> head, string path, string wanted, params ReadOnlySpan<TextFormat> read)
    {
        if (Find(head) is not { } found || (found.IsGuess && read.Contains(TextFormat.Table))) return;
        if (found.Text is not { } text || !read.Contains(text)) throw Is(found, path, wanted);
    }

    /// <summary>The failure to read a file as what it is not; null where its content does not tell what it is.</summary>
    public static DataException? Explain(string path, string wanted) =>
        Find(TextFile.Head(path)) is { } found ? Is(found, path, wanted) : null;

    private static DataException Is(KnownFormat format, string path, string wanted)
    {
        var shown = DataFile.Show(path);
        return new($"{shown} is {format.Name}, not {wanted}; {format.Remedy.Replace("{0}", Quoted(shown), StringComparison.Ordinal)}.");
    }

    /// <summary>As a shell takes it.</summary>
    private static string Quoted(string path) => path == "standard input" ? "FILE" : path.Contains(' ') ? $"'{path}'" : path;
}

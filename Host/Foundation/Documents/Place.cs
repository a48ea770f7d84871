namespace PluginHost.Host.Foundation.Documents;

/// <summary>Where a value was written, for messages.</summary>
/// <param name="Source">A file as the user knows it, or the command-line argument; may be empty.</param>
/// <param name="Line">1-based line, or 0 where there are none.</param>
/// <param name="Path">Dotted path inside the document, in the form <c>--set</c> takes.</param>
public sealed record Place(string Source, int Line, string Path)
{
    /// <summary>A place that says nothing.</summary>
    public static readonly Place None = new("", 0, "");

    /// <summary>A value inside this one.</summary>
    public Place At(string key, int? line = null) =>
        this with { Path = Path.Length == 0 ? key : $"{Path}.{key}", Line = line ?? Line };

    /// <summary>An element of this list.</summary>
    public Place At(int index, int? line = null) =>
        At(index.ToString(System.Globalization.CultureInfo.InvariantCulture), line);

    /// <inheritdoc/>
    public override string ToString()
    {
        var source = Line > 0 && Source.Length > 0 ? $"{Source}:{Line}" : Source;
        return source.Length == 0 ? Path : Path.Length == 0 ? source : $"{source}: {Path}";
    }
}

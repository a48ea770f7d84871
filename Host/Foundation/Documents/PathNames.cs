namespace PluginHost.Host.Foundation.Documents;

/// <summary>Paths as messages show them.</summary>
public static class PathNames
{
    /// <summary>Relative to the working directory if beneath it, else in full.</summary>
    public static string Display(string path)
    {
        var full = Path.GetFullPath(path);
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }
}

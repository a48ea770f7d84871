namespace PluginHost.Libs.Files;

/// <summary>Paths that begin with <c>~</c>, where no shell saw them: in a pipeline, or behind a key and an equals sign.</summary>
public static class HomeFolder
{
    /// <summary>The path with the user's home folder for a <c>~</c> that stands alone or before a slash; others as they are.</summary>
    public static string Expand(string path) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path;
}

namespace PluginHost.Libs.Files;

/// <summary>Where a path really leads, through every link on the way.</summary>
public static class RealPath
{
    /// <summary>As many links as Linux follows.</summary>
    private const int MostLinks = 40;

    /// <summary>The full path without links; what does not exist is kept as it is written.</summary>
    /// <exception cref="IOException">Links lead round in a circle.</exception>
    public static string Of(string path)
    {
        var links = 0;
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        var rest = new Stack<string>(Parts(Path.GetFullPath(path)[real.Length..]).Reverse());
        while (rest.TryPop(out var part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }
            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks) throw new IOException($"'{path}' leads round in a circle of links.");
            if (Path.IsPathRooted(target)) real = Path.GetPathRoot(target)!;
            foreach (var piece in Parts(target).Reverse()) rest.Push(piece);
        }
        return real;
    }

    /// <summary>Whether a path leads into a folder, or to the folder itself.</summary>
    public static bool IsInside(string path, string folder)
    {
        var relative = Path.GetRelativePath(Of(folder), Of(path));
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(relative);
    }

    /// <summary>Bytes of the file that a path leads to: a link's own length is that of its text.</summary>
    public static long Length(string path) => new FileInfo(Of(path)).Length;

    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".");
}

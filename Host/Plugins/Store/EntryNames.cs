using System.Text;

namespace PluginHost.Host.Plugins.Store;

/// <summary>Names of files in a package: each must stay in the folder it is unpacked into, and be one of a kind there.</summary>
public static class EntryNames
{
    private const int LongestPart = 255, LongestPath = 1000, Deepest = 20;

    /// <summary>What is wrong with the names of all files of a package, as a sentence without its full stop; null for nothing.</summary>
    /// <param name="paths">Files, parts separated by <c>/</c>.</param>
    public static string? Complain(IEnumerable<string> paths)
    {
        // What differs in case alone is one file on some file systems. True for files, false for folders.
        var seen = new Dictionary<string, (string Written, bool IsFile)>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            if (Complain(path) is { } complaint) return complaint;
            for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
                if (Clash(path[..end], isFile: false) is { } clash) return clash;
            if (Clash(path, isFile: true) is { } same) return same;
        }
        return null;

        string? Clash(string name, bool isFile)
        {
            if (seen.TryAdd(name, (name, isFile))) return null;
            var (written, wasFile) = seen[name];
            return written == name && isFile && wasFile ? $"{Show(name)} is there twice"
                : written == name && !isFile && !wasFile ? null
                : written == name ? $"{Show(name)} is a file and a folder"
                : $"{Show(written)} and {Show(name)} differ in upper and lower case alone";
        }
    }

    /// <summary>What is wrong with one name; null for nothing.</summary>
    /// <param name="path">A file.</param>
    public static string? Complain(string path)
    {
        if (path.Length == 0) return "a file has no name";
        if (path[0] == '/' || (path.Length > 1 && path[1] == ':')) return $"{Show(path)} is an absolute path";
        if (path.Contains('\\')) return $"{Show(path)} has a backslash";
        if (path.Any(c => char.IsControl(c) || char.IsSurrogate(c) || Reorders(c)))
            return $"{Show(path)} has characters that are not to be seen";
        if (path.Length > LongestPath) return $"{Show(path[..40])}... is {path.Length} characters long";
        var parts = path.Split('/');
        if (parts.Length > Deepest) return $"{Show(path)} lies {parts.Length} folders deep";
        foreach (var part in parts)
        {
            if (part is "..") return $"{Show(path)} leads out of the plugin's folder";
            if (part is "" or ".") return $"{Show(path)} has an empty part";
            if (Encoding.UTF8.GetByteCount(part) > LongestPart) return $"{Show(path[..40])}... has a part longer than {LongestPart} bytes";
        }
        return null;
    }

    /// <summary>Whether a character changes the direction of what follows: a name then reads otherwise than it is.</summary>
    private static bool Reorders(char c) => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    /// <summary>A name as a message may print it.</summary>
    private static string Show(string name) =>
        "'" + string.Concat(name.Take(120).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)) + "'";
}

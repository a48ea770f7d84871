using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PluginHost.Host.Plugins.Probing;

/// <summary>What tells one build of a plugin from another: its files, wherever the folder lies.</summary>
public static class FolderHash
{
    // Deeper than any plugin, and an end to links that go in circles.
    private static readonly EnumerationOptions everything =
        new() { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 16, IgnoreInaccessible = true };

    /// <summary>SHA-256 over the names of a folder's files, relative to it, and the SHA-256 of what they hold.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Of(string folder)
    {
        var list = new StringBuilder();
        foreach (var file in Files(folder))
        {
            using var content = file.OpenRead();
            list.Append(Path.GetRelativePath(folder, file.FullName)).Append('\0')
                .Append(Convert.ToHexStringLower(SHA256.HashData(content))).Append('\n');
        }
        return OfText(list.ToString());
    }

    /// <summary>The same of names, sizes and times of change alone: cheap, and another whenever a file was written.</summary>
    internal static string Stamp(string folder)
    {
        var list = new StringBuilder();
        foreach (var file in Files(folder))
            list.Append(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, file.FullName)}\0{file.Length}\0")
                .Append(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks}\n");
        return OfText(list.ToString());
    }

    /// <summary>SHA-256 of a text.</summary>
    internal static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IOrderedEnumerable<FileInfo> Files(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", everything).OrderBy(f => f.FullName, StringComparer.Ordinal);
}

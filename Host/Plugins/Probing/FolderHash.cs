using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Plugins.Probing;

/// <summary>What tells one build of a plugin from another, wherever its folder lies.</summary>
public static class FolderHash
{
    // Deeper than any plugin, and an end to links that go in circles.
    private static readonly EnumerationOptions everything =
        new() { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 16, IgnoreInaccessible = true };

    /// <summary>The sum of the plugin's files, as <see cref="PluginContent.Sha256"/> has it.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Of(string folder) => PluginContent.Read(folder).Sha256;

    /// <summary>Names, sizes and times of change alone, as one sum: cheap, and another whenever a file was written.</summary>
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

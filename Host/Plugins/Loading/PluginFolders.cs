namespace PluginHost.Host.Plugins.Loading;

/// <summary>
/// Where plugins are looked for: <c>plugins</c> beside the host, <c>artifacts/plugins</c> of the checkout it stands in, and what
/// <c>--plugins</c> adds.
/// </summary>
public static class PluginFolders
{
    /// <summary>The folders that exist by default.</summary>
    /// <param name="start">The host's folder.</param>
    public static IReadOnlyList<string> Default(string start)
    {
        var found = new List<string>();
        var beside = Path.Combine(start, "plugins");
        if (Directory.Exists(beside)) found.Add(Path.GetFullPath(beside));
        for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
        {
            var built = Path.Combine(at.FullName, "artifacts", "plugins");
            if (!Directory.Exists(built)) continue;
            found.Add(built);
            break;
        }
        return found;
    }

    /// <summary>The plugin folders inside, in name order; a folder that is itself a plugin counts as one.</summary>
    /// <exception cref="UsageException">A folder asked for does not exist.</exception>
    public static IReadOnlyList<PluginFolder> Find(IEnumerable<string> folders)
    {
        var found = new List<PluginFolder>();
        foreach (var root in folders.Select(Path.GetFullPath).Distinct())
        {
            if (!Directory.Exists(root))
                throw new UsageException($"The plugin folder {root} does not exist; --plugins takes a folder of plugin folders.");
            if (File.Exists(MainFile(root))) found.Add(PluginFolder.Of(root));
            else found.AddRange(Inside(root));
        }
        return [.. found.DistinctBy(f => f.File)];
    }

    private static IEnumerable<PluginFolder> Inside(string root)
    {
        foreach (var loose in Directory.EnumerateFiles(root, "*.dll").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(loose);
            yield return new PluginFolder(name, loose,
                $"it lies loose in {root}: a plugin is a folder, so move it to {Path.Combine(root, name, name + ".dll")}");
        }
        foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
            if (!Path.GetFileName(folder).StartsWith('.') && Directory.EnumerateFileSystemEntries(folder).Any())
                yield return PluginFolder.Of(folder);
    }

    private static string MainFile(string folder) => Path.Combine(folder, Path.GetFileName(folder) + ".dll");
}

/// <summary>One drop-in.</summary>
/// <param name="Name">The folder's name, which its DLL bears too.</param>
/// <param name="File">Full path of the DLL.</param>
/// <param name="Problem">Why it cannot be loaded, as the rest of a sentence about it, or null.</param>
public sealed record PluginFolder(string Name, string File, string? Problem)
{
    internal static PluginFolder Of(string folder)
    {
        var name = Path.GetFileName(folder);
        var file = Path.Combine(folder, name + ".dll");
        return new PluginFolder(name, file,
            System.IO.File.Exists(file) ? null : $"its folder holds no {name}.dll: the main DLL must be named as the folder");
    }
}

using PluginHost.Host.Plugins.Store;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>
/// Where plugins are looked for, the folders that go before others first: what <c>--plugins</c> and a pipeline name, what
/// <c>PLUGINHOST_PLUGINS</c> lists, the user's own folder, <c>plugins</c> beside the host, and <c>artifacts/plugins</c> of the checkout it
/// stands in.
/// </summary>
public static class PluginFolders
{
    /// <summary>The environment variable with a list of folders, separated as in <c>PATH</c>.</summary>
    public const string Variable = "PLUGINHOST_PLUGINS";

    /// <summary>The folders that exist by default.</summary>
    /// <param name="start">The host's folder.</param>
    /// <exception cref="UsageException">The environment variable lists one that does not exist.</exception>
    public static IReadOnlyList<string> Default(string start)
    {
        var found = Listed();
        if (UserFolders.Plugins is { } own && Directory.Exists(own)) found.Add(own);
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
    /// <param name="folders">Those that go before others first: of two plugins of one name, the first that can be used is.</param>
    /// <exception cref="UsageException">A folder asked for does not exist.</exception>
    public static IReadOnlyList<PluginFolder> Find(IEnumerable<string> folders)
    {
        var found = new List<PluginFolder>();
        foreach (var root in folders.Select(Path.GetFullPath).Distinct())
        {
            if (!Directory.Exists(root))
                throw new UsageException($"The plugin folder {root} does not exist; --plugins takes a folder of plugin folders.");
            if (File.Exists(MainFile(root))) found.Add(PluginFolder.Of(root) with { Root = root });
            else found.AddRange(Inside(root).Select(f => f with { Root = root }));
        }
        return Hide([.. found.DistinctBy(f => f.File)]);
    }

    private static List<string> Listed()
    {
        const StringSplitOptions Entries = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var listed = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(Path.PathSeparator, Entries)
            .Select(HomeFolder.Expand).Select(Path.GetFullPath).ToList();
        if (listed.Find(f => !Directory.Exists(f)) is { } missing)
            throw new UsageException(
                $"The plugin folder {missing} does not exist; {Variable} lists it. Make it, or take it off that list.");
        return listed;
    }

    /// <summary>Marks what another plugin of the same name goes before.</summary>
    private static List<PluginFolder> Hide(IReadOnlyList<PluginFolder> found)
    {
        var first = found.Where(f => f.Problem is null).GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        return [.. found.Select(f => first.TryGetValue(f.Name, out var other) && other != f ? f.Behind(other.File) : f)];
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
/// <param name="Problem">Why it is not loaded, as the rest of a sentence about it, or null.</param>
public sealed record PluginFolder(string Name, string File, string? Problem)
{
    /// <summary>The folder that was looked in.</summary>
    public string Root { get; init; } = "";

    /// <summary>What it is where there is a <see cref="Problem"/>.</summary>
    public PluginState State { get; init; } = PluginState.Refused;

    /// <summary>What it is known to offer where it is not loaded.</summary>
    public IReadOnlyList<ProvidedComponent> Provides { get; init; } = [];

    internal static PluginFolder Of(string folder)
    {
        var name = Path.GetFileName(folder);
        var file = Path.Combine(folder, name + ".dll");
        return new PluginFolder(name, file,
            System.IO.File.Exists(file) ? null : $"its folder holds no {name}.dll: the main DLL must be named as the folder");
    }

    /// <summary>The same where another plugin of its name is in use.</summary>
    internal PluginFolder Behind(string other) => this with
    {
        State = PluginState.Hidden,
        Problem = $"is not in use: {other} has the same name and lies in a folder that goes before",
    };
}

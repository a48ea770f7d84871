using System.Reflection;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Plugins.Loading;

/// <summary>Loads plugins one by one; whatever goes wrong with one becomes a sentence about it, and the others go on.</summary>
public static class PluginLoader
{
    /// <summary>Loads every plugin into the catalog.</summary>
    public static void Load(IEnumerable<PluginFolder> folders, Catalog catalog)
    {
        foreach (var folder in folders) Load(folder, catalog);
    }

    /// <summary>Loads the plugins of further folders; one whose name is taken already is not used.</summary>
    /// <param name="folders">Full paths.</param>
    /// <param name="catalog">Takes what they offer.</param>
    /// <param name="examine">Tries what is new to the machine; null to load it untried.</param>
    /// <exception cref="UsageException">A folder does not exist.</exception>
    public static void Add(IReadOnlyList<string> folders, Catalog catalog,
        Func<IReadOnlyList<PluginFolder>, IReadOnlyList<PluginFolder>>? examine = null)
    {
        var known = catalog.Plugins.Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        var fresh = DisabledPlugins.Read().Mark(PluginFolders.Find(folders)).Where(f => !known.Contains(f.File));
        IReadOnlyList<PluginFolder> found = [.. fresh.Select(f => Taken(f.Name) is { } taken ? f.Behind(taken.Path) : f)];
        Load(examine?.Invoke(found) ?? found, catalog);

        PluginInfo? Taken(string name) => catalog.Plugins.FirstOrDefault(
            p => p.Failure is null && string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    private static void Load(PluginFolder folder, Catalog catalog)
    {
        var info = new PluginInfo(folder.Name, folder.File, "", "", null);
        if (folder.Problem is { } problem)
        {
            catalog.Refuse(info with
            {
                State = folder.State,
                Provides = folder.Provides,
                Failure = folder.State == PluginState.Refused ? Sentence(info, problem) : $"plugin {info.Name} {problem}.",
            });
            return;
        }
        PluginRoom? room = null;
        try
        {
            var (content, main) = (Read(folder), Path.GetFileName(folder.File));
            info = info with { Sha256 = content.SumOf(main)!, FolderSha256 = content.Sha256 };
            if (InstalledPlugin.Refuse(folder.File, content) is { } unfit) catalog.Refuse(info with { Failure = Sentence(info, unfit) });
            else if (VersionGate.Refuse(folder.File, content.Image(main)!) is { } refusal)
                catalog.Refuse(info with { Failure = Sentence(info, refusal) });
            else Register(room = new PluginRoom(folder.File, content), info, catalog);
        }
        // Not one kind of exception may pass: a plugin's code has just run, and the host must go on without it.
        catch (Exception e)
        {
            catalog.Refuse(info with { Failure = Sentence(info, LoadFailure.Explain(e, room)) });
        }
    }

    private static PluginContent Read(PluginFolder folder)
    {
        try
        {
            var content = PluginContent.Read(Path.GetDirectoryName(folder.File)!);
            return content.Has(Path.GetFileName(folder.File)) ? content : throw new FileNotFoundException("it was removed just now");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PluginException($"its folder cannot be read: {e.Message}", e);
        }
    }

    private static void Register(PluginRoom room, PluginInfo info, Catalog catalog)
    {
        var assembly = room.Open();
        Origins.Note(assembly, info);
        // Binds every base type and interface now, so that a missing dependency shows here and not in the middle of a run.
        assembly.GetTypes();
        var entry = assembly.GetCustomAttribute<PluginAttribute>()?.Entry
            ?? throw new PluginException($"it names no entry: add [assembly: Plugin(typeof(YourPlugin))].");
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        info = info with { Version = version ?? assembly.GetName().Version?.ToString(3) ?? "" };
        if (!typeof(IPlugin).IsAssignableFrom(entry) || entry.IsAbstract || entry.GetConstructor(Type.EmptyTypes) is null)
            throw new PluginException(
                $"its entry {entry.FullName} must be a public class with a parameterless constructor that implements {nameof(IPlugin)}.");
        var plugin = (IPlugin)Activator.CreateInstance(entry)!;
        catalog.Register(info, plugin.Register);
    }

    /// <summary>A refusal as a whole sentence.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="reason">The rest of it; only the beginning is given where it is empty.</param>
    internal static string Sentence(string plugin, string reason) =>
        $"plugin {plugin} was refused: {(reason.Length == 0 ? "" : $"{reason.TrimEnd('.')}.")}";

    private static string Sentence(PluginInfo plugin, string reason) => Sentence(plugin.Name, reason);
}

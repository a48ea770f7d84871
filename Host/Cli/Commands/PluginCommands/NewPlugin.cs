using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Templates;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary><c>host plugins new</c>: the same project as <c>dotnet new pluginhost-plugin</c>, with this host named in it.</summary>
internal sealed class NewPlugin(IRunView view) : HostCommand<NewOptions>(
    "plugins new", "Writes a project for a plugin: a working component of each kind, its tests, and a pipeline that uses it.", order: 49)
{
    protected override Task<int> RunAsync(NewOptions options, CancellationToken cancellation)
    {
        var host = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        PluginName.Check(options.Name, PluginFolders.Find(PluginFolders.Default(host)).Select(plugin => plugin.Name));
        var kinds = options.Kind.Distinct().Select(kind => kind.ToString().ToLowerInvariant()).ToList();
        var files = PluginTemplate.Read().Instantiate(options.Name, kinds, host);
        var folder = Write(files, options.Output ?? options.Name, options.Force);
        var shown = Path.GetRelativePath(Environment.CurrentDirectory, folder);
        foreach (var line in (string[])
        [
            $"{options.Name} ({string.Join(", ", kinds)}) is in {(shown.StartsWith("..", StringComparison.Ordinal) ? folder : shown)}. There:",
            "  dotnet build                                                       bin/plugins/" + options.Name,
            "  dotnet test                                                        packages of tests come from NuGet",
            "  host run --pipeline pipeline.yaml --plugins bin/plugins            a small model that uses it",
            $"  host plugins install bin/plugins/{options.Name}",
        ]) view.Say(line);
        return Task.FromResult(ExitCodes.Done);
    }

    private static string Write(IReadOnlyDictionary<string, string> files, string path, bool force)
    {
        var known = Path.GetFullPath(path);
        if (force && Directory.Exists(known)) return WriteOver(files, known);
        var place = OutputFolder.Check(path, force: false, _ => null);
        using var folder = StagedFolder.Create(place, force: false);
        foreach (var (file, text) in files)
        {
            using var writer = new StreamWriter(folder.Add(file));
            writer.Write(text);
        }
        folder.Commit();
        return place;
    }

    /// <summary>What else is in the folder stays: it is somebody's work.</summary>
    private static string WriteOver(IReadOnlyDictionary<string, string> files, string place)
    {
        foreach (var (file, text) in files)
            Disk.Guard(place, () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(place, file))!);
                File.WriteAllText(Path.Combine(place, file), text);
            });
        return place;
    }
}

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
        view.Say($"{options.Name} ({string.Join(", ", kinds)}) is in "
            + $"{(shown.StartsWith("..", StringComparison.Ordinal) ? folder : shown)}. There:");
        foreach (var (command, what) in Next(options.Name, files)) view.Say($"  {command,-76}{what}");
        return Task.FromResult(ExitCodes.Done);
    }

    private static IEnumerable<(string Command, string What)> Next(string name, IReadOnlyDictionary<string, string> files)
    {
        yield return ("dotnet build", $"bin/plugins/{name}");
        yield return ("dotnet test", "its packages come from NuGet");
        yield return ("host run --pipeline pipeline.yaml --plugins bin/plugins --device cpu", "a small model that uses it");
        if (files.ContainsKey("generate.yaml"))
            yield return ("host run --pipeline generate.yaml --plugins bin/plugins --device cpu", "one that writes");
        yield return ($"host plugins install bin/plugins/{name}", "for every pipeline");
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

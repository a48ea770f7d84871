using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyModel;
using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Plugins.Verification;

/// <summary>Compares what a plugin's <c>deps.json</c> names with what lies in its folder.</summary>
internal static class DependencyCheck
{
    // The runtimes whose files are used here, the nearest first; the empty one stands for all.
    private static readonly string[] runtimes = [RuntimeInformation.RuntimeIdentifier, "linux-x64", "linux", "unix", "any", ""];

    /// <summary>The files that are named and not there, each as a part of a sentence.</summary>
    /// <param name="file">The plugin's DLL.</param>
    public static IReadOnlyList<string> Missing(string file)
    {
        var list = Path.ChangeExtension(file, ".deps.json");
        if (!File.Exists(list)) return [];
        using var stream = File.OpenRead(list);
        using var reader = new DependencyContextJsonReader();
        var folder = Path.GetDirectoryName(file)!;
        return
        [
            .. from library in reader.Read(stream).RuntimeLibraries
               from path in Paths(library.RuntimeAssemblyGroups).Concat(Paths(library.NativeLibraryGroups))
               where !IsThere(folder, path) && !IsHosts(path)
               select $"{Path.GetFileName(list)} names {path} of {library.Name} {library.Version}, which is not in the folder",
        ];
    }

    private static IEnumerable<string> Paths(IReadOnlyList<RuntimeAssetGroup> groups) =>
        runtimes.Select(runtime => groups.FirstOrDefault(g => (g.Runtime ?? "") == runtime))
            .FirstOrDefault(group => group is not null)?.AssetPaths ?? [];

    // A build copies files of packages flat, a publication some of them by their path.
    private static bool IsThere(string folder, string path) =>
        File.Exists(Path.Combine(folder, path)) || File.Exists(Path.Combine(folder, Path.GetFileName(path)));

    private static bool IsHosts(string path) =>
        Path.GetFileName(path) == "_._" || SharedAssemblies.IsShared(new AssemblyName(Path.GetFileNameWithoutExtension(path)))
            || File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), Path.GetFileName(path)));
}

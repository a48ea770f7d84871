using System.Runtime.InteropServices;
using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Plugins.Verification;

/// <summary>Loads the native libraries of a plugin's folder: what they need in turn has to be there, too.</summary>
internal static class NativeCheck
{
    /// <summary>Those that cannot be loaded, each as a part of a sentence.</summary>
    /// <param name="folder">The plugin's folder.</param>
    public static IReadOnlyList<string> Broken(string folder) =>
        [.. PluginFiles.NativesIn(folder).Select(file => Try(folder, file)).OfType<string>()];

    private static string? Try(string folder, string file)
    {
        try
        {
            NativeLibrary.Load(file);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            // The loader's own words come last: "libz.so.9: cannot open shared object file".
            var why = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .FirstOrDefault(l => l.Contains(".so", StringComparison.Ordinal));
            return $"{Path.GetRelativePath(folder, file)} cannot be loaded: {why ?? e.Message}".TrimEnd('.');
        }
    }
}

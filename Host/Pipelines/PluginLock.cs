using PluginHost.Host.Plugins;

namespace PluginHost.Host.Pipelines;

/// <summary>A plugin as the record of a run or a model names it.</summary>
/// <param name="Name">Assembly name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">Of the DLL.</param>
/// <param name="FolderSha256">Of all files of its folder; null in records of before it was noted.</param>
public sealed record RecordedPlugin(string Name, string Version, string Sha256, string? FolderSha256 = null);

/// <summary>Holds to the plugins that a record names, file by file: what <c>--locked</c> asks for.</summary>
public static class PluginLock
{
    private const int Digits = 12;

    /// <summary>Whether a plugin is another than a record names: its DLL, or anything else in its folder.</summary>
    public static bool Differs(RecordedPlugin recorded, PluginInfo now) => recorded.Sha256 != now.Sha256
        || (recorded.FolderSha256 is { } folder && now.FolderSha256.Length > 0 && folder != now.FolderSha256);

    /// <summary>Refuses plugins that differ from a record.</summary>
    /// <param name="what">Whose record it is, for the message: "the model in 'runs/a/model'".</param>
    /// <param name="recorded">The record.</param>
    /// <param name="now">What is there.</param>
    /// <exception cref="PluginException">One is missing, or another.</exception>
    public static void Hold(string what, IReadOnlyList<RecordedPlugin> recorded, IReadOnlyList<PluginInfo> now)
    {
        var differences = recorded.Select(r => Difference(r, now)).OfType<string>().ToList();
        if (differences.Count > 0)
            throw new PluginException($"--locked: {what} was made with other plugins: {string.Join("; ", differences)}. Install those that "
                + "it was made with, or leave --locked out.");
    }

    private static string? Difference(RecordedPlugin recorded, IReadOnlyList<PluginInfo> now)
    {
        if (now.FirstOrDefault(p => p.Failure is null && string.Equals(p.Name, recorded.Name, StringComparison.OrdinalIgnoreCase))
            is not { } here) return $"{recorded.Name} {recorded.Version}, which is not in use here";
        if (!Differs(recorded, here)) return null;
        if (recorded.Version != here.Version) return $"{recorded.Name} {recorded.Version}, but {here.Version} here";
        var dll = recorded.Sha256 != here.Sha256;
        return $"{recorded.Name} {recorded.Version}, but {(dll ? "another build of it" : "other files beside its DLL")} here (SHA-256 "
            + $"{Short(dll ? recorded.Sha256 : recorded.FolderSha256!)}, here {Short(dll ? here.Sha256 : here.FolderSha256)})";
    }

    private static string Short(string sum) => sum[..Math.Min(Digits, sum.Length)];
}

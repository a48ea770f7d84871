using System.Text.Json;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store;

/// <summary>How a plugin came into the user's folder: a hidden file beside its own.</summary>
/// <param name="From">Full path of the package or folder.</param>
/// <param name="Sha256">Of the package; null for a folder.</param>
/// <param name="Installed">When, in universal time.</param>
/// <param name="SignedBy">Whose signature it bore; null for nobody's that was trusted.</param>
/// <param name="Tried">Whether it was loaded in a process of its own before.</param>
public sealed record InstallRecord(string From, string? Sha256, string Installed, string? SignedBy, bool Tried)
{
    /// <summary>Its name.</summary>
    public const string FileName = ".installed.json";

    /// <summary>Reads the record in a plugin's folder; null where there is none that can be read.</summary>
    public static InstallRecord? Of(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return !File.Exists(path) ? null
                : JsonSerializer.Deserialize<InstallRecord>(SmallFile.ReadBytes(path, TextLimits.Settings, "a record"), Json.Indented);
        }
        catch (Exception failure) when (failure is JsonException or DataException)
        {
            return null;
        }
    }

    /// <summary>The file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json.Indented) + "\n";
}

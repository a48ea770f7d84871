using System.Globalization;
using System.Text.Json;
using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Plugins.Probing;

/// <summary>What probes found, kept by what the plugins' files hold: a small file for each.</summary>
/// <remarks>
/// Only whether the process survived is kept. Whatever else is wrong with a plugin is found again when it is loaded, and may have
/// been mended from outside meanwhile.
/// </remarks>
/// <param name="folder">Where; made when something is kept.</param>
public sealed class ProbeCache(string folder)
{
    private static readonly TimeSpan kept = TimeSpan.FromDays(90);

    // A plugin may be deadly under one contract or runtime and harmless under another.
    private static readonly string surroundings =
        $"{string.Join(' ', SharedAssemblies.Gated.Select(a => a.FullName))} {Environment.Version}";

    /// <summary>Where the user's are: <c>pluginhost/probes</c> in <c>XDG_CACHE_HOME</c> or in <c>~/.cache</c>.</summary>
    public static string UserFolder
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (!Path.IsPathRooted(cache ?? ""))
                cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(cache!, "pluginhost", "probes");
        }
    }

    /// <summary>What is known of a plugin: its failure is null if it is harmless. Null if it is new.</summary>
    /// <param name="plugin">Its folder.</param>
    /// <exception cref="IOException">A file of the plugin cannot be read.</exception>
    public Verdict? Find(string plugin) =>
        Read<Entry>(FileOf(Key(plugin))) is { } entry ? new(entry.Deadly, []) { IsDeadly = entry.Deadly is not null } : null;

    /// <summary>Keeps what was found.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public void Keep(string plugin, Verdict verdict)
    {
        Directory.CreateDirectory(folder);
        // Before the key is asked for, which then need not read the plugin's files once more.
        Write(PlaceOf(plugin), new Place(FolderHash.Stamp(plugin), FolderHash.Of(plugin)));
        var file = FileOf(Key(plugin));
        Write(file, new Entry(verdict.IsDeadly ? verdict.Failure : null));
        foreach (var other in new DirectoryInfo(folder).EnumerateFiles("*.json"))
            if (other.LastWriteTimeUtc < File.GetLastWriteTimeUtc(file) - kept) other.Delete();
    }

    // The hash of what the files hold is computed again only when one was written since.
    private string Key(string plugin) => FolderHash.OfText(surroundings + (Read<Place>(PlaceOf(plugin)) is { } place
        && place.Stamp == FolderHash.Stamp(plugin) ? place.Hash : FolderHash.Of(plugin)));

    private string PlaceOf(string plugin) => FileOf("place-" + FolderHash.OfText(Path.GetFullPath(plugin))[..32]);

    private string FileOf(string name) => Path.Combine(folder, name + ".json");

    // Whole or not at all, with several hosts at once. Not flushed to the disk: what a power cut leaves is read as nothing.
    private static void Write<T>(string file, T content)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"{file}.{Environment.ProcessId}");
        File.WriteAllBytes(own, JsonSerializer.SerializeToUtf8Bytes(content));
        File.Move(own, file, overwrite: true);
    }

    private static T? Read<T>(string file) where T : class
    {
        try { return File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(file)) : null; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException) { return null; }
    }

    private sealed record Entry(string? Deadly);

    private sealed record Place(string Stamp, string Hash);
}

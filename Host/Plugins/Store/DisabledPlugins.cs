using System.Text.Json;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store;

/// <summary>The plugins that a user switched off, wherever they lie: <c>disabled.json</c> in the folder of data.</summary>
public sealed record DisabledPlugins
{
    /// <summary>Name, and what it offered when it was switched off: asking for that can then be answered without loading it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ProvidedComponent>> Disabled { get; init; } =
        new Dictionary<string, IReadOnlyList<ProvidedComponent>>();

    private static string Path => System.IO.Path.Combine(UserFolders.Required(UserFolders.Data), "disabled.json");

    /// <summary>Reads the file; none are where there is none.</summary>
    /// <exception cref="DataException">It is damaged.</exception>
    public static DisabledPlugins Read()
    {
        if (UserFolders.Data is null || !File.Exists(Path)) return new();
        try
        {
            var read = JsonSerializer.Deserialize<DisabledPlugins>(
                SmallFile.ReadBytes(Path, TextLimits.Settings, "a list of plugins"), Json.Indented);
            if (read?.Disabled is { } all && all.Values.All(offers => offers is not null)) return read;
        }
        catch (JsonException failure)
        {
            throw new DataException($"'{Path}' cannot be read: {failure.Message} Delete it, and disable the plugins again.", failure);
        }
        throw new DataException($"'{Path}' says nothing that can be understood. Delete it, and disable the plugins again.");
    }

    /// <summary>Whether a plugin is among them, whatever the case of its name.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>The name that a plugin has in the file, or null.</summary>
    public string? Find(string name) => Disabled.Keys.FirstOrDefault(k => string.Equals(k, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The same with a plugin more.</summary>
    public DisabledPlugins With(string name, IEnumerable<ProvidedComponent> offers) =>
        this with { Disabled = new Dictionary<string, IReadOnlyList<ProvidedComponent>>(Without(name).Disabled) { [name] = [.. offers] } };

    /// <summary>The same with a plugin less.</summary>
    public DisabledPlugins Without(string name) => this with
    {
        Disabled = Disabled.Where(d => !string.Equals(d.Key, name, StringComparison.OrdinalIgnoreCase)).ToDictionary(),
    };

    /// <summary>Writes the file.</summary>
    public void Write()
    {
        Disk.Guard(Path, () => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!));
        Disk.WriteAtomically(Path, JsonSerializer.Serialize(this, Json.Indented) + "\n");
    }

    /// <summary>Marks those among plugins that were found.</summary>
    public IReadOnlyList<PluginFolder> Mark(IReadOnlyList<PluginFolder> found) => Disabled.Count == 0 ? found :
    [
        .. found.Select(f => f.Problem is null && Find(f.Name) is { } name ? f with
        {
            State = PluginState.Disabled, Provides = Disabled[name],
            Problem = $"is disabled; 'host plugins enable {f.Name}' switches it on again",
        } : f),
    ];
}

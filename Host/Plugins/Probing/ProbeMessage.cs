using System.Text.Json;
using System.Text.Json.Serialization;
using PluginHost.PluginKit;

namespace PluginHost.Host.Plugins.Probing;

/// <summary>What the child process tells its parent: a line of JSON on standard output, behind a word that only the two know.</summary>
internal sealed record ProbeMessage(ProbeMoment Moment)
{
    /// <summary>The environment variable with the word.</summary>
    public const string WordVariable = "PLUGINHOST_PROBE_WORD";

    private static readonly JsonSerializerOptions json =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The plugin's folder, as it was named.</summary>
    public string Folder { get; init; } = "";

    /// <summary>With <see cref="ProbeMoment.Loaded"/>: why not, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>With <see cref="ProbeMoment.Loaded"/>: what it offers.</summary>
    public IReadOnlyList<string> Offers { get; init; } = [];

    /// <summary>With <see cref="ProbeMoment.Tried"/> the verdict, with <see cref="ProbeMoment.Trying"/> what is being tried.</summary>
    public RuleVerdict? Rule { get; init; }

    /// <summary>The line, on a line of its own whatever a plugin printed before.</summary>
    public string Write(string word) => $"\n{word}{JsonSerializer.Serialize(this, json)}\n";

    /// <summary>Reads a line; null if it is none of these.</summary>
    public static ProbeMessage? Read(string line, string word)
    {
        if (!line.StartsWith(word, StringComparison.Ordinal)) return null;
        try { return JsonSerializer.Deserialize<ProbeMessage>(line.AsSpan(word.Length), json); }
        catch (JsonException) { return null; }
    }
}

/// <summary>What a message tells.</summary>
internal enum ProbeMoment
{
    /// <summary>A plugin's turn has come.</summary>
    Begun,

    /// <summary>It was loaded, or refused.</summary>
    Loaded,

    /// <summary>A rule is about to be tried on it.</summary>
    Trying,

    /// <summary>A rule was tried on it.</summary>
    Tried,

    /// <summary>Its turn is over.</summary>
    Ended,

    /// <summary>All had their turn: a plugin that ends the process early is so not taken for a good one.</summary>
    Done,
}

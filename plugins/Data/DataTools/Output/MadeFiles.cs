using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginHost.Plugins.DataTools.Output;

/// <summary>What an earlier run made of a folder, by the record it left there.</summary>
internal static class MadeFiles
{
    /// <summary>The record and the files it names; null where there is none, or it is no such record.</summary>
    /// <param name="folder">Looked into.</param>
    /// <param name="recordName">A JSON file whose <c>files</c> each have a <c>name</c>.</param>
    public static IReadOnlyCollection<string>? Of(string folder, string recordName)
    {
        var record = Path.Combine(folder, recordName);
        try
        {
            return !File.Exists(record) ? null
                : [recordName, .. JsonNode.Parse(File.ReadAllText(record))!["files"]!.AsArray().Select(f => (string)f!["name"]!)];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }
}

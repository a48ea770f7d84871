using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Host.Records;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Models.Checkpoints.Export;

/// <summary>
/// What the run that made a model folder wrote beside it: its data and figures. Empty for a model folder that stands alone.
/// </summary>
internal sealed class RunRecord
{
    private RunRecord(IReadOnlyList<DataFingerprint> data, JsonArray stages) => (Data, Stages) = (data, stages);

    /// <summary>The files it read.</summary>
    public IReadOnlyList<DataFingerprint> Data { get; }

    /// <summary>The stages of <c>summary.json</c>.</summary>
    public JsonArray Stages { get; }

    /// <summary>Reads the record of the run folder around a model folder.</summary>
    public static RunRecord Around(string modelFolder)
    {
        var run = Path.GetDirectoryName(modelFolder)!;
        if (Path.GetFileName(modelFolder) != RunFiles.Model) return new([], []);
        var data = Parse(Path.Combine(run, RunFiles.Run))?["data"]?.Deserialize<List<DataFingerprint>>(Json.Indented) ?? [];
        return new(data, Parse(Path.Combine(run, RunFiles.Summary))?["stages"] as JsonArray ?? []);
    }

    private static JsonNode? Parse(string file)
    {
        if (!File.Exists(file)) return null;
        try { return JsonNode.Parse(File.ReadAllText(file)); }
        catch (JsonException malformed)
        {
            throw new DataException(
            $"'{file}' cannot be read: {malformed.Message} Copy the run folder again, or export the model folder alone.", malformed);
        }
    }
}

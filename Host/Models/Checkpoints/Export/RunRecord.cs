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
        const string Remedy = "Copy the run folder again, or export the model folder alone.";
        var (record, summary) = (Path.Combine(run, RunFiles.Run), Path.Combine(run, RunFiles.Summary));
        try
        {
            var data = Fields(record)?["data"]?.Deserialize<List<DataFingerprint>>(Json.Indented) ?? [];
            return new(data, Fields(summary)?["stages"]?.DeepClone() as JsonArray ?? []);
        }
        catch (JsonException malformed)
        {
            throw new DataException($"'{record}' is damaged ({malformed.Message}). {Remedy}", malformed);
        }

        static JsonObject? Fields(string file) => File.Exists(file) ? SealedText.ReadJson(file).Whole(file, Remedy) : null;
    }
}

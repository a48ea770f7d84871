using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Stages;

/// <summary>Writes the predictions of a stage into its run folder.</summary>
internal static class PredictionFile
{
    /// <summary>Writes <c>predictions/STAGE.tsv</c>.</summary>
    /// <returns>The path inside the run folder, or null when there are no rows.</returns>
    public static string? Write(RunFolder folder, StageParts parts, IReadOnlyList<PredictionRow> rows)
    {
        if (rows.Count == 0) return null;
        var relative = Path.Combine(RunFiles.Predictions, parts.Name + ".tsv");
        Disk.Guard(folder.Path, () => Directory.CreateDirectory(folder.Of(RunFiles.Predictions)));
        Disk.WriteAtomically(folder.Of(relative), stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            PredictionRow.Write(writer, rows, parts.Objective.Card.OutputNames);
        });
        return relative;
    }

    /// <summary>Writes <c>predictions/STAGE.outputs.tsv</c>: the figures of each class or output.</summary>
    public static void WriteOutputs(RunFolder folder, StageParts parts, EvaluationResult result)
    {
        if (result.PerOutput.Count == 0) return;
        Disk.Guard(folder.Path, () => Directory.CreateDirectory(folder.Of(RunFiles.Predictions)));
        Disk.WriteAtomically(folder.Of(RunFiles.Predictions, parts.Name + ".outputs.tsv"), stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            OutputFigures.Write(writer, result.PerOutput, parts.Objective.Card.OutputNames);
        });
    }
}

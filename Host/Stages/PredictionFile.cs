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
        folder.RequireThere();
        Disk.Guard(folder.Path, () => Directory.CreateDirectory(folder.Of(RunFiles.Predictions)));
        Disk.WriteAtomically(folder.Of(relative), stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            PredictionRow.Write(writer, rows, parts.Objective.Card.OutputNames);
        });
        return relative;
    }

    /// <summary>SHA-256 of what a stage left in <c>predictions/</c>, by path in the run folder.</summary>
    public static IReadOnlyDictionary<string, string> Sums(RunFolder folder, StageParts parts) =>
        ((string[])[Path.Combine(RunFiles.Predictions, parts.Name + ".tsv"), OutputsOf(parts)])
            .Where(file => File.Exists(folder.Of(file))).ToDictionary(file => file, file => FileSum.Of(folder.Of(file)));

    /// <summary>Writes the tables of a stage that was done before again, where they are no longer what it left.</summary>
    /// <returns>The record with the checksums of what is there now.</returns>
    public static StageRecord Restore(RunSession session, StageParts parts, StageRecord done, Func<EvaluationResult> score) =>
        Restore(session, parts, done, () =>
        {
            var result = score();
            WriteOutputs(session.Folder, parts, result);
            return result.Predictions;
        });

    /// <inheritdoc cref="Restore(RunSession, StageParts, StageRecord, Func{EvaluationResult})"/>
    public static StageRecord Restore(RunSession session, StageParts parts, StageRecord done, Func<IReadOnlyList<PredictionRow>> predict)
    {
        if (done.DamageOfFiles(session.Folder.Path) is not { } damage) return done;
        session.View.Warn($"Stage '{parts.Name}' was done, but its predictions are damaged ({damage}); they are written again.");
        Write(session.Folder, parts, predict());
        var now = done with { Files = Sums(session.Folder, parts) };
        session.Replace(parts.Name, now);
        return now;
    }

    private static string OutputsOf(StageParts parts) => Path.Combine(RunFiles.Predictions, parts.Name + ".outputs.tsv");

    /// <summary>Writes <c>predictions/STAGE.outputs.tsv</c>: the figures of each class or output.</summary>
    public static void WriteOutputs(RunFolder folder, StageParts parts, EvaluationResult result)
    {
        if (result.PerOutput.Count == 0) return;
        folder.RequireThere();
        Disk.Guard(folder.Path, () => Directory.CreateDirectory(folder.Of(RunFiles.Predictions)));
        Disk.WriteAtomically(folder.Of(OutputsOf(parts)), stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            OutputFigures.Write(writer, result.PerOutput, parts.Objective.Card.OutputNames);
        });
    }
}

using System.Diagnostics;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;

namespace PluginHost.Host.Stages;

/// <summary>Runs a predict stage: a table of predictions for a split, with or without labels.</summary>
public static class PredictStage
{
    /// <summary>Predicts the split and writes the table.</summary>
    public static void Run(RunSession session, StageParts parts, CancellationToken cancellation)
    {
        if (session.Finished(parts, parts.Name) is { } finished)
        {
            session.Add(PredictionFile.Restore(session, parts, finished, () => Predict(session, parts, cancellation).Predictions));
            return;
        }
        session.RewindLogs();
        session.View.StageStarted(parts.Name, 0);
        session.Observers.StageStarted(parts.Name);
        var clock = Stopwatch.StartNew();
        var result = Predict(session, parts, cancellation);
        string[] notes =
            [.. result.Tally.Sentences(parts.Model.MaxTokens), .. parts.Main.LeftOut, .. PredictionNotes.Sentences(result.Predictions)];
        foreach (var sentence in notes) session.View.Warn($"{parts.Name}: {sentence}");
        if (result.NotFinite.Sentence(parts.Model) is { } wrong) throw new RunFailedException($"{parts.Name}: {wrong}");
        var record = new StageRecord
        {
            Name = parts.Name, Kind = parts.Kind, Seconds = clock.Elapsed.TotalSeconds, Split = SplitOf(parts),
            Samples = result.Predictions.Count,
            Predictions = PredictionFile.Write(session.Folder, parts, result.Predictions),
            Files = PredictionFile.Sums(session.Folder, parts),
            Notes = notes,
        };
        session.Finish(parts.Name, record);
        session.View.StageFinished($"{parts.Name}: {record.Samples:N0} predictions in {session.Folder.Of(record.Predictions!)}");
    }

    private static PredictionResult Predict(RunSession session, StageParts parts, CancellationToken cancellation)
    {
        var scoring = session.Scoring(parts, parts.Model, parts.Main, SplitOf(parts), mode: CollateMode.Predict);
        var total = parts.Main.Count;
        return Predictor.Run(scoring, done => session.View.Progress("sequences predicted", done, total), cancellation);
    }

    private static string SplitOf(StageParts parts) => parts.Definition.Split.ToString().ToLowerInvariant();
}

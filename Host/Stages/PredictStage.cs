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
        if (session.Finished(parts.Name) is { } finished)
        {
            session.Add(finished);
            return;
        }
        session.RewindLogs();
        session.View.StageStarted(parts.Name, 0);
        session.Observers.StageStarted(parts.Name);
        var clock = Stopwatch.StartNew();
        var split = parts.Definition.Split.ToString().ToLowerInvariant();
        var scoring = session.Scoring(parts, parts.Model, parts.Main, split, mode: CollateMode.Predict);
        var total = parts.Main.Count;
        var result = Predictor.Run(scoring, done => session.View.Progress("sequences predicted", done, total), cancellation);
        string[] notes = [.. result.Tally.Sentences(parts.Model.MaxTokens), .. parts.Main.LeftOut];
        foreach (var sentence in notes) session.View.Warn($"{parts.Name}: {sentence}");
        var record = new StageRecord
        {
            Name = parts.Name, Kind = parts.Kind, Seconds = clock.Elapsed.TotalSeconds, Split = split, Samples = result.Predictions.Count,
            Predictions = PredictionFile.Write(session.Folder, parts, result.Predictions),
            Notes = notes,
        };
        session.Finish(parts.Name, record);
        session.View.StageFinished($"{parts.Name}: {record.Samples:N0} predictions in {session.Folder.Of(record.Predictions!)}");
    }
}

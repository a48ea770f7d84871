using System.Diagnostics;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;

namespace PluginHost.Host.Stages;

/// <summary>Runs an evaluate stage: the model, the same from random weights, and trivial predictors, on one split.</summary>
public static class EvaluateStage
{
    /// <summary>What the row of a model trained without pretraining is called.</summary>
    public const string ScratchRow = "from random weights";

    /// <summary>Scores the split and prints the table.</summary>
    public static void Run(RunSession session, StageParts parts, CancellationToken cancellation)
    {
        if (session.Finished(parts, parts.Name) is { } finished)
        {
            finished = PredictionFile.Restore(session, parts, finished, () => Score(session, parts, cancellation).Result);
            session.Add(finished);
            Show(session, finished);
            return;
        }
        session.RewindLogs();
        session.View.StageStarted(parts.Name, 0);
        session.Observers.StageStarted(parts.Name);
        var clock = Stopwatch.StartNew();
        var split = SplitOf(parts);
        var (scoring, result) = Score(session, parts, cancellation);

        if (result.NotFinite.Sentence(parts.Model) is { } wrong) throw new RunFailedException($"{parts.Name}: {wrong}");
        List<ResultRow> comparisons = [];
        List<Disagreement> disagreements = [];
        List<string> conclusions = [.. session.Reservations(parts, parts.Name, split, result)];
        if (session.FromScratch.TryGetValue(parts.Source.Name, out var scratch))
        {
            var other = Evaluator.Run(scoring with { Model = scratch }, parts.Metrics.Create(), keepPredictions: true, null, cancellation);
            comparisons.Add(new ResultRow(ScratchRow, other.Metrics));
            var (onlyModel, onlyOther) = PretrainingVerdict.Disagreements(result, other);
            if (onlyModel + onlyOther > 0) disagreements.Add(new(ScratchRow, onlyModel, onlyOther));
            conclusions.Add(PretrainingVerdict.Sentence(split, result, other, parts.Metrics.HigherIsBetter(result.Metrics.Keys.First())));
        }
        var baselines = parts.Definition.Baselines
            ? BaselineRunner.Run(scoring, parts.Source.Main, session.TrainingBatches(parts.Source), () => parts.Metrics.Create(),
                session.Pipeline.Seed)
            : [];
        conclusions.AddRange(BaselineVerdict.Sentences(parts.Name, result.Metrics, baselines, parts.Metrics.HigherIsBetter));
        string[] notes =
            [.. result.Tally.Sentences(parts.Model.MaxTokens), .. parts.Main.LeftOut, .. PredictionNotes.Sentences(result.Rows)];
        foreach (var sentence in notes) session.View.Warn($"{parts.Name}: {sentence}");
        PredictionFile.WriteOutputs(session.Folder, parts, result);
        var record = new StageRecord
        {
            Name = parts.Name, Kind = parts.Kind, Seconds = clock.Elapsed.TotalSeconds, Split = split, Mark = session.Mark(parts),
            Samples = result.Samples,
            Metrics = result.Metrics, Comparisons = comparisons, Disagreements = disagreements, Baselines = baselines,
            Confusion = result.Confusion,
            Breakdowns = Breakdowns.Measure(scoring, result, parts.Definition.Breakdown, () => parts.Metrics.Create(),
                parts.Metrics.OfEachClass),
            Predictions = PredictionFile.Write(session.Folder, parts, result.Rows),
            Files = PredictionFile.Sums(session.Folder, parts),
            Conclusions = conclusions, Notes = notes,
        };
        session.Folder.Metrics.Add(new { stage = record.Name, split, samples = record.Samples, metrics = record.Metrics });
        session.Finish(parts.Name, record);
        session.View.StageFinished(ResultsText.OneLine(record));
        Show(session, record);
    }

    private static (ScoringJob Job, EvaluationResult Result) Score(RunSession session, StageParts parts, CancellationToken cancellation)
    {
        var split = SplitOf(parts);
        var scoring = session.Scoring(parts, parts.Model, parts.Main, split);
        var total = parts.Main.Count;
        return (scoring, Evaluator.Run(scoring, parts.Metrics.Create(), keepPredictions: true,
            done => session.View.Progress($"{split} sequences scored", done, total), cancellation));
    }

    private static string SplitOf(StageParts parts) => parts.Definition.Split.ToString().ToLowerInvariant();

    private static void Show(RunSession session, StageRecord record)
    {
        session.Conclusions.AddRange(record.Conclusions);
        session.View.Table(ResultsText.Table(record));
        foreach (var breakdown in record.Breakdowns.Where(b => b.Rows.Count <= ResultsText.MostGroupsShown))
            session.View.Table(ResultsText.Table(record.Name, breakdown));
    }
}

using PluginHost.Host.Batches;
using PluginHost.Host.Records;

namespace PluginHost.Host.Scoring;

/// <summary>Figures of a model on a split.</summary>
/// <param name="Metrics">By name, in the order they are shown.</param>
/// <param name="Samples">Samples scored.</param>
/// <param name="Confusion">For objectives with classes.</param>
/// <param name="Predictions">A row per sample in the order of the split; empty for objectives that do not predict per sample.</param>
/// <param name="Tally">What encoding lost.</param>
public sealed record EvaluationResult(
    IReadOnlyDictionary<string, double> Metrics, long Samples, Confusion? Confusion, IReadOnlyList<PredictionRow> Predictions,
        EncodingTally Tally)
{
    /// <summary>What training minimises, whatever the metrics; NaN where there are no targets.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>
    /// Figures of each class or output by metric, for metrics that are a mean over them; see <see cref="IMetric.PerOutput"/>.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> PerOutput { get; init; } = new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>For token objectives a row per sample with its losses, in the order of the split.</summary>
    public IReadOnlyList<PredictionRow> Sequences { get; init; } = [];

    /// <summary>The rows of a table: predictions, or for token objectives losses.</summary>
    public IReadOnlyList<PredictionRow> Rows => Predictions.Count > 0 ? Predictions : Sequences;

    /// <summary>What is no finite number.</summary>
    public NotFinite NotFinite { get; init; } = new();
}

/// <summary>Scores a model: metrics, confusion matrix, a table of predictions.</summary>
public static class Evaluator
{
    /// <summary>Scores every sample of a job once.</summary>
    /// <param name="job">What to score.</param>
    /// <param name="metrics">Fresh metrics.</param>
    /// <param name="keepPredictions">Whether the rows are kept.</param>
    /// <param name="progress">Told how many samples are done.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static EvaluationResult Run(ScoringJob job, MetricSet metrics, bool keepPredictions, Action<long>? progress,
        CancellationToken cancellation)
    {
        var confusion = new ConfusionCounter(job.Objective.Card.OutputNames);
        List<PredictionRow> rows = [], sequences = [];
        var notFinite = new NotFinite();
        var samples = 0L;
        var tally = Scorer.Run(job, Capture.None, step =>
        {
            metrics.Add(step.Scored);
            if (job.Objective.Card.OutputNames.Count > 0) confusion.Add(step.Scored);
            List<PredictionRow> batch = [.. PredictionRow.From(step)];
            List<PredictionRow> losses = [.. PredictionRow.LossesFrom(step)];
            notFinite.Add(batch.Count > 0 ? batch : losses);
            if (batch.Count + losses.Count == 0) notFinite.Add(step.Scored, step.Batch.Samples);
            if (keepPredictions) rows.AddRange(batch);
            if (keepPredictions) sequences.AddRange(losses);
            samples += step.Indices.Length;
            progress?.Invoke(samples);
        }, cancellation);
        if (Written(job, cancellation) is { } written) metrics.Add(written);
        rows.Sort(PredictionRow.InOrder);
        sequences.Sort(PredictionRow.InOrder);
        return new EvaluationResult(metrics.Values(), samples, job.Objective.Card.OutputNames.Count > 0 ? confusion.Result() : null, rows,
            tally)
        {
            Loss = metrics.Loss,
            PerOutput = job.Objective.Card.OutputNames.Count > 1 ? metrics.PerOutput() : new Dictionary<string, IReadOnlyList<double>>(),
            Sequences = sequences, NotFinite = notFinite,
        };
    }

    /// <summary>What models that write are judged by besides; null for others.</summary>
    private static Scored? Written(ScoringJob job, CancellationToken cancellation)
    {
        if (job.Objective is not IWritingObjective { WrittenSamples: > 0 } writing) return null;
        var places = job.Batches.Places.ToList();
        return writing.ScoreWritten(job.Writer,
            [.. ScoringPlan.Choose(places.Count, writing.WrittenSamples).Select(i => job.Batches.Draw(places[(int)i]))], job.MostWritten,
            cancellation);
    }
}

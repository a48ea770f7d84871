using PluginHost.Host.Batches;

namespace PluginHost.Host.Scoring;

/// <summary>Predictions for a split.</summary>
/// <param name="Predictions">A row per sample or stretch of one, in the order of the split.</param>
/// <param name="Tally">What encoding lost.</param>
/// <param name="NotFinite">What is no finite number.</param>
public sealed record PredictionResult(IReadOnlyList<PredictionRow> Predictions, EncodingTally Tally, NotFinite NotFinite);

/// <summary>Predicts without labels.</summary>
public static class Predictor
{
    /// <summary>Predicts every sample of a job.</summary>
    /// <param name="job">What to predict for.</param>
    /// <param name="progress">Told how many samples are done.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="UsageException">The objective does not predict per sample.</exception>
    public static PredictionResult Run(ScoringJob job, Action<long>? progress, CancellationToken cancellation)
    {
        List<PredictionRow> rows = [];
        var notFinite = new NotFinite();
        var samples = 0L;
        var tally = Scorer.Run(job, Capture.None, step =>
        {
            List<PredictionRow> batch = [.. PredictionRow.From(step)];
            if (rows.Count + batch.Count == 0)
                throw new UsageException("The model's objective predicts tokens and nothing of a whole sequence: 'host evaluate MODEL DATA "
                    + "--output FILE' writes the loss and perplexity of each sequence.");
            notFinite.Add(batch);
            rows.AddRange(batch);
            progress?.Invoke(samples += step.Indices.Length);
        }, cancellation);
        rows.Sort(PredictionRow.InOrder);
        return new PredictionResult(rows, tally, notFinite);
    }
}

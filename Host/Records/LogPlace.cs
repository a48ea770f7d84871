namespace PluginHost.Host.Records;

/// <summary>How far a run's logs went at some moment, and what they were.</summary>
/// <param name="Metrics">Length of <c>metrics.jsonl</c>.</param>
/// <param name="MetricsSha256">Its SHA-256; null in what earlier versions kept.</param>
/// <param name="Timings">Length of <c>timings.jsonl</c>.</param>
/// <param name="TimingsSha256">Its SHA-256; null in what earlier versions kept.</param>
public sealed record LogPlace(long Metrics, string? MetricsSha256, long Timings, string? TimingsSha256)
{
    /// <summary>Before the first line.</summary>
    public static LogPlace Start { get; } = new(0, null, 0, null);
}

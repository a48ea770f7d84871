using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Host.Apps.Comparisons;

/// <summary>What <c>host compare</c> is asked.</summary>
/// <param name="First">A table of predictions, a run folder, or a benchmark.</param>
/// <param name="Second">Another of the same kind; for a benchmark of several models may be null.</param>
/// <param name="Models">Two models of the benchmark, by name; empty for all pairs.</param>
/// <param name="Stage">The evaluate stage of run folders; null when they have one.</param>
/// <param name="Metrics">Metrics; the usual ones when empty.</param>
/// <param name="Resamples">Of the paired bootstrap; 0 for none.</param>
/// <param name="Seed">Seeds it.</param>
/// <param name="Output">A JSON file to write as well, or null.</param>
public sealed record CompareRequest(
    string First, string? Second, IReadOnlyList<string> Models, string? Stage, IReadOnlyList<string> Metrics, int Resamples, ulong Seed,
        OutputFile? Output);

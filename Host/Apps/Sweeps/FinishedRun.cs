using PluginHost.Host.Pipelines.Sweeps;
using PluginHost.Host.Records;

namespace PluginHost.Host.Apps.Sweeps;

/// <summary>A run of a sweep that is done.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Factors">What sets it apart.</param>
/// <param name="Stages">Its figures.</param>
public sealed record FinishedRun(string Name, IReadOnlyList<Factor> Factors, IReadOnlyList<StageRecord> Stages)
{
    /// <summary>What it is called in tables.</summary>
    public string Label => Factors.Count == 0 ? Name : string.Join(", ", Factors);
}

using PluginHost.Host.Batches;
using PluginHost.Host.Models;

namespace PluginHost.Host.Scoring;

/// <summary>What is scored, by what.</summary>
public sealed record ScoringJob
{
    /// <summary>The model, on its device.</summary>
    public required TaskModel Model { get; init; }

    /// <summary>The samples and how they are batched.</summary>
    public required ScoringBatches Batches { get; init; }

    /// <summary>Device and number format.</summary>
    public required Compute Compute { get; init; }

    /// <summary>Makes the batches and scores them.</summary>
    public IObjective Objective => Batches.Recipe.Objective;
}

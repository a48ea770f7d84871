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

    /// <summary>Most tokens that a model writes for a sample, for a trial; null for as many as it takes.</summary>
    public int? MostWritten { get; init; }

    /// <summary>Makes the batches and scores them.</summary>
    public IObjective Objective => Batches.Recipe.Objective;

    /// <summary>The model as those see it who let it write.</summary>
    internal TrainedModel Writer => new LoadedModel
    {
        Title = "the model", Model = Model, Compute = Compute, Recipe = Batches.Recipe, Seed = Batches.Seed,
    };
}

using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;

namespace PluginHost.Host.Stages;

/// <summary>Runs pipelines and uses trained models: what the commands call.</summary>
public interface IPipelineRunner
{
    /// <summary>Runs every stage into a new run folder, or goes on in an interrupted one.</summary>
    /// <returns>The exit code.</returns>
    Task<int> RunAsync(PipelineDefinition pipeline, RunRequest request, CancellationToken cancellation);

    /// <summary>Wires every stage and pushes one batch through it; writes nothing.</summary>
    Task<int> CheckAsync(PipelineDefinition pipeline, RunRequest request, CancellationToken cancellation);

    /// <summary>Writes a table of predictions for new sequences with a trained model.</summary>
    Task<int> PredictAsync(UseRequest request, CancellationToken cancellation);

    /// <summary>Scores labelled sequences with a trained model.</summary>
    Task<int> EvaluateAsync(UseRequest request, CancellationToken cancellation);

    /// <summary>Writes a model with its low-rank adapters added to its weights.</summary>
    Task<int> MergeAsync(MergeRequest request, CancellationToken cancellation);
}

/// <summary>How a pipeline is run.</summary>
/// <param name="Output">Run folder; null means <c>runs/NAME-TIMESTAMP</c> under the working directory.</param>
/// <param name="Device"><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="Resume">An interrupted run folder to go on in.</param>
public sealed record RunRequest(string? Output, string Device, string? Resume);

/// <summary>How a trained model is used.</summary>
/// <param name="Model">A model folder, or a run folder that holds one.</param>
/// <param name="Data">What to read, one behind the other.</param>
/// <param name="Split">Which split.</param>
/// <param name="Metrics">Metrics of evaluate; the objective's defaults when empty.</param>
/// <param name="Output">File of predict or evaluate; null means standard output.</param>
/// <param name="Device"><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="BatchTokens">Padded tokens of a batch.</param>
/// <param name="Adapter">A folder with low-rank adapters to put on the model in place of its own.</param>
public sealed record UseRequest(
    string Model, IReadOnlyList<NamedData> Data, Split Split, IReadOnlyList<ComponentSpec> Metrics, string? Output, string Device,
        int BatchTokens,
        string? Adapter = null)
{
    /// <summary>Whether an output that is there is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Whether values that are not finite are written all the same.</summary>
    public bool AllowNan { get; init; }
}

/// <summary>Which adapters are merged.</summary>
/// <param name="Model">A model folder, or a run folder that holds one.</param>
/// <param name="Adapter">A folder with low-rank adapters to put on the model in place of its own.</param>
/// <param name="Output">The model folder to make.</param>
/// <param name="Force">Whether one that is there is replaced.</param>
public sealed record MergeRequest(string Model, string? Adapter, string Output, bool Force);

using PluginHost.Libs.Genomics.Variants;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Variants.Scoring;

using static TorchSharp.torch;

/// <summary>How far the alternative moves a layer's states, pooled: zero-shot, on any model.</summary>
internal sealed class StateScorer : IPassReader
{
    private readonly LayerStates states;
    private readonly StatePooling pooling;
    private float[][] vectors = [];

    /// <exception cref="UsageException">The model has no such states.</exception>
    public StateScorer(TrainedModel model, ScoreOptions options)
    {
        (states, pooling) = (new(model, options.Layer), new(model, options.Pooling));
        states.Check();
        pooling.Check();
        if (options.Layer is not null)
            foreach (var (batch, _) in model.Batches(ListedSource.ProbeOf(model), new() { TokensOnly = true }))
            {
                using var scope = NewDisposeScope();
                states.Of(batch);
            }
        var how = options.Pooling == Pooling.Mean ? "the mean over tokens" : $"{options.Pooling} token".ToLowerInvariant();
        Columns = [.. Distances.Columns("states", $"the states of layer {states.Name}, {how}")];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScoreColumn> Columns { get; }

    /// <inheritdoc/>
    public Capture Capture => states.Capture;

    /// <inheritdoc/>
    public bool TokensOnly => true;

    /// <inheritdoc/>
    public void Begin(int windows) => vectors = new float[windows][];

    /// <inheritdoc/>
    public void Read(ModelBatch batch, BackboneOutput output)
    {
        var means = pooling.Means(states.Of(output), batch.Batch);
        for (var b = 0; b < means.Count; b++) vectors[batch.Places[b]] = means[b];
    }

    /// <inheritdoc/>
    public double[] Score(int reference, int alternative) => Distances.Of(vectors[reference], vectors[alternative]);
}

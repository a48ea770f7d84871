using PluginHost.Libs.Genomics.Variants;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Variants.Scoring;

using static TorchSharp.torch;

/// <summary>How far the alternative moves a layer's states, pooled: zero-shot, on any model.</summary>
internal sealed class StateScorer : IVariantScorer
{
    private readonly TrainedModel model;
    private readonly ScoreOptions options;
    private readonly LayerStates states;
    private readonly StatePooling pooling;

    /// <exception cref="UsageException">The model has no such states.</exception>
    public StateScorer(TrainedModel model, ScoreOptions options)
    {
        (this.model, this.options) = (model, options);
        (states, pooling) = (new(model, options.Layer), new(model, options.Pooling));
        states.Check();
        pooling.Check();
        if (options.Layer is not null)
            foreach (var (batch, _) in model.Batches(ListedSource.Probe, new() { TokensOnly = true }))
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
    public double[][] Score(IReadOnlyList<WindowPair> pairs, CancellationToken cancellation)
    {
        var windows = new DistinctWindows(pairs);
        var vectors = new float[windows.Count][];
        foreach (var (batch, places) in model.Batches(windows, new() { BatchTokens = options.BatchTokens, TokensOnly = true }))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var means = pooling.Means(states.Of(batch), batch);
            for (var b = 0; b < means.Count; b++) vectors[places[b]] = means[b];
        }
        return [.. pairs.Select(p => Distances.Of(vectors[windows[p.Reference]], vectors[windows[p.Alternative]]))];
    }
}

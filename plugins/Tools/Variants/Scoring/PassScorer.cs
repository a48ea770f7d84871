using PluginHost.Libs.Genomics.Variants;
using PluginHost.Plugins.Variants.Likelihoods;

namespace PluginHost.Plugins.Variants.Scoring;

using static TorchSharp.torch;

/// <summary>Runs the model once over each different window and lets every reader take what it needs.</summary>
/// <param name="model">Runs.</param>
/// <param name="readers">At least one.</param>
/// <param name="batchTokens">Padded tokens computed at once; as the model was trained where null.</param>
internal sealed class PassScorer(TrainedModel model, IReadOnlyList<IPassReader> readers, int? batchTokens) : IVariantScorer
{
    private readonly Capture capture = readers.Select(r => r.Capture).Aggregate((all, one) => all | one);

    /// <inheritdoc/>
    public IReadOnlyList<ScoreColumn> Columns { get; } = [.. readers.SelectMany(r => r.Columns)];

    /// <inheritdoc/>
    public double[][] Score(IReadOnlyList<WindowPair> pairs, CancellationToken cancellation)
    {
        var windows = new DistinctWindows(pairs);
        foreach (var reader in readers) reader.Begin((int)windows.Count);
        ModelBatchOptions how = new() { BatchTokens = batchTokens, TokensOnly = readers.All(r => r.TokensOnly) };
        foreach (var batch in model.Batches(windows, how))
        {
            cancellation.ThrowIfCancellationRequested();
            if (batch.Batch.Encodings.Index().FirstOrDefault(e => e.Item.DroppedBases > 0) is { Item: not null } cut)
                throw WindowTokens.TooLong(model, batch.Batch.Samples[cut.Index].Sequence.Length);
            using var scope = NewDisposeScope();
            var output = model.Forward(batch.Batch, capture);
            foreach (var reader in readers) reader.Read(batch, output);
        }
        return [.. pairs.Select(p => readers.SelectMany(r => r.Score(windows[p.Reference], windows[p.Alternative])).ToArray())];
    }
}

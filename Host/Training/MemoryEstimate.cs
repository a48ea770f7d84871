using PluginHost.Host.Batches;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training.Tuning;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Training;

/// <summary>
/// A rough count of what training takes, in bytes. Activations follow Korthikanti et al. 2022, "Reducing Activation
/// Recomputation in Large Transformer Models", equation 2: 34 bytes a token, hidden unit and layer, and 5 a head and pair
/// of positions whose score is computed, at two bytes a number; twice that in float32. Heads are taken to be 64 wide.
/// </summary>
/// <param name="Weights">Weights and buffers.</param>
/// <param name="Gradients">One number a weight that is trained.</param>
/// <param name="Optimizer">Two moments a weight that is trained; some optimizers keep fewer.</param>
/// <param name="Activations">Kept for the backward pass of one micro-batch, the head's logits included.</param>
public sealed record MemoryEstimate(long Weights, long Gradients, long Optimizer, long Activations)
{
    private const double BytesPerHidden = 34, BytesPerPair = 5, HeadWidth = 64;

    // Logits, their log-softmax and its gradient.
    private const int LogitCopies = 3;

    /// <summary>Everything together.</summary>
    public long Total => Weights + Gradients + Optimizer + Activations;

    /// <summary>Estimates from the model and the first batch, scaled to the token budget.</summary>
    public static MemoryEstimate Of(TaskModel model, Batch first, TrainOptions options, Compute compute, int vocabulary)
    {
        var weights = model.Parameters().Sum(p => p.Parameter.NumberOfElements);
        var trained = TuningPlan.Count(model, options.Tune);
        double tokens = Math.Max(first.Tokens, options.BatchTokens);
        var rows = first.SampleOfRow.Count > 0 ? first.SampleOfRow.Count : first.Samples.Count;
        var length = (double)first.Tokens / Math.Max(1, rows);
        var bytes = compute.UsesBf16 ? 1.0 : 2.0;
        var heads = Math.Max(1, model.Backbone.Shape.HiddenSize / HeadWidth);
        var layers = tokens * bytes * model.Backbone.Layers.Count * (BytesPerHidden * model.Backbone.Shape.HiddenSize
            + BytesPerPair * heads * model.Backbone.Shape.AttendedTokens((long)length));
        var logits = model.Heads.Values.Any(h => h.Predicts.Split(' ').Contains("V"))
            ? tokens * ScoredShare(first) * vocabulary * sizeof(float) * LogitCopies : 0;
        return new MemoryEstimate(weights * 4, trained * 4, trained * 8, (long)(layers + logits));
    }

    /// <summary>
    /// Scored tokens for each token of the batch: a seventh where tokens are hidden, all where the next one is asked for.
    /// </summary>
    private static double ScoredShare(Batch batch) => batch.TargetCounts.Values.DefaultIfEmpty(0).Max() / (double)Math.Max(1, batch.Tokens);

    /// <inheritdoc/>
    public override string ToString() =>
        $"weights {Disk.Size(Weights)}, gradients {Disk.Size(Gradients)}, optimizer {Disk.Size(Optimizer)}, activations "
            + $"{Disk.Size(Activations)}";
}

namespace PluginHost.Libs.Attribution.Gradients;

using static TorchSharp.torch;

/// <summary>
/// Attribution by gradients at the embeddings of tokens, summed over their numbers: one value a token. Axes: B samples, T tokens.
/// </summary>
/// <param name="model">Takes embeddings.</param>
/// <param name="target">What is attributed.</param>
public sealed class EmbeddingGradients(TrainedModel model, TargetScore target)
{
    /// <summary>Gradient times input: "B T".</summary>
    public float[][] TimesInput(Batch batch, IReadOnlyList<int> targets)
    {
        using var scope = NewDisposeScope();
        var embeddings_BTD = model.Embed(batch);
        return Rows((Differentiate(batch, embeddings_BTD, targets).Gradients_BTD * embeddings_BTD).sum(2), batch);
    }

    /// <summary>
    /// Integrated gradients (Sundararajan, Taly and Yan 2017), by the midpoint rule along the straight line from a baseline: "B T", and the
    /// completeness gap of each sample: the difference between the sum of its attributions and the change of the score, "B".
    /// </summary>
    /// <param name="batch">Made by the objective.</param>
    /// <param name="targets">Axis B.</param>
    /// <param name="baseline">Where the line begins.</param>
    /// <param name="steps">At least 1.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public (float[][] Values, float[] Gap) Integrated(
        Batch batch, IReadOnlyList<int> targets, Baseline baseline, int steps, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var embeddings_BTD = model.Embed(batch);
        var start_BTD = Baselines.Of(model, batch, embeddings_BTD, baseline);
        var way_BTD = embeddings_BTD - start_BTD;
        var sum_BTD = zeros_like(way_BTD);
        for (var s = 0; s < steps; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            sum_BTD.add_(Differentiate(batch, start_BTD + way_BTD * ((s + 0.5) / steps), targets).Gradients_BTD);
        }
        var values_BT = (way_BTD * sum_BTD / steps).sum(2);
        var change_B = Differentiate(batch, embeddings_BTD, targets).Scores_B - Differentiate(batch, start_BTD, targets).Scores_B;
        return (Rows(values_BT, batch), (values_BT.sum(1) - change_B).cpu().data<float>().ToArray());
    }

    private (Tensor Scores_B, Tensor Gradients_BTD) Differentiate(Batch batch, Tensor embeddings_BTD, IReadOnlyList<int> targets) =>
        model.Differentiate(batch, embeddings_BTD, (_, predictions) => target.Of(predictions.Value, targets));

    private static float[][] Rows(Tensor values_BT, Batch batch) =>
        [.. batch.Encodings.Select((encoding, b) => values_BT[b].cpu().data<float>().ToArray()[..encoding.Ids.Length])];
}

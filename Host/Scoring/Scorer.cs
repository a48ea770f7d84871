using PluginHost.Host.Batches;
using PluginHost.Host.Batches.Contracts;
using PluginHost.Host.Models.Contracts;

namespace PluginHost.Host.Scoring;

using static TorchSharp.torch;

/// <summary>Runs a model over a split without gradients and hands each scored batch on.</summary>
public static class Scorer
{
    /// <summary>One scored batch. Tensors live only while it is handed on.</summary>
    /// <param name="Indices">Places of its samples in the split, in row order.</param>
    /// <param name="Batch">On the model's device.</param>
    /// <param name="Output">What the backbone gave.</param>
    /// <param name="Predictions">What the heads gave.</param>
    /// <param name="Scored">Plain figures.</param>
    public sealed record Step(long[] Indices, Batch Batch, BackboneOutput Output, Predictions Predictions, Scored Scored);

    /// <summary>Scores the whole plan of a job.</summary>
    /// <param name="job">What to score.</param>
    /// <param name="capture">What the backbone keeps beside its streams.</param>
    /// <param name="take">Receives each batch in plan order.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>What encoding lost.</returns>
    /// <exception cref="PluginException">A component breaks its contract on the first batch, or scores what is not there.</exception>
    public static EncodingTally Run(ScoringJob job, Capture capture, Action<Step> take, CancellationToken cancellation)
    {
        var tally = new EncodingTally();
        using var feed = job.Batches.Feed();
        job.Model.Train(false);
        using var noGradients = no_grad();
        var isFirst = true;
        while (feed.Next() is { } prepared)
        {
            using var scope = NewDisposeScope();
            using var _ = prepared;
            cancellation.ThrowIfCancellationRequested();
            var batch = job.Compute.Place(prepared.Batch);
            BackboneOutput output;
            Predictions predictions;
            if (isFirst) BatchContract.Check(prepared.Batch, job.Batches.Recipe, job.Model.Reads);
            using (job.Compute.Autocast())
                (output, predictions) = isFirst ? new CheckedForward(job.Model, job.Batches.Recipe).Run(batch, capture, whole: true)
                    : job.Model.Forward(batch, capture);
            isFirst = false;
            var scored = ScoredContract.Check(job.Objective.Score(predictions, batch), job.Objective, batch);
            take(new Step(prepared.Plan.Samples, batch, output, predictions, scored));
            tally = tally.Plus(prepared.Counted);
        }
        return tally;
    }
}

using PluginHost.Host.Batches;

namespace PluginHost.Host.Training.Tuning;

using static TorchSharp.torch;

/// <summary>Finds by one batch which weights a stage's loss reaches. Nothing is drawn from streams that training draws from.</summary>
public static class ReachedWeights
{
    /// <summary>Handles of the weights that get a gradient.</summary>
    public static IReadOnlySet<nint> Of(TrainJob job, TrainingBatches batches)
    {
        var (model, compute) = (job.Model, job.Compute);
        using var scope = NewDisposeScope();
        using var prepared = batches.First();
        model.Train(true);
        manual_seed(0);
        var batch = compute.Place(prepared.Batch);
        Tensor loss;
        using (compute.Autocast())
            loss = new FirstBatch(model, job.Recipe).Loss(batch, TargetCounts.Sum([prepared.Batch]));
        loss.backward();
        var reached = new HashSet<nint>();
        foreach (var (_, parameter) in model.Parameters())
        {
            if (parameter.grad is not null) reached.Add(parameter.Handle);
            parameter.grad = null;
        }
        return reached;
    }
}

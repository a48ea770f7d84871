using PluginHost.Host.Batches;
using PluginHost.Host.Batches.Contracts;
using PluginHost.Host.Models;
using PluginHost.Host.Models.Contracts;

namespace PluginHost.Host.Training;

using static TorchSharp.torch;

/// <summary>
/// Computes losses, and on the first batch holds every component that has a part in them to what it declares. What follows is computed
/// with no more than a comparison.
/// </summary>
/// <param name="model">On the device.</param>
/// <param name="recipe">Makes the batches.</param>
/// <param name="whole">Whether all streams are looked at; see <see cref="CheckedForward.Run"/>.</param>
/// <param name="learns">Whether all that the stage trains is to be reached by the loss; not while most of it is frozen.</param>
public sealed class FirstBatch(TaskModel model, BatchRecipe recipe, bool whole = false, bool learns = true)
{
    private bool isOver, isReached = !learns;

    /// <summary>The loss of a batch, in the current number format.</summary>
    /// <param name="batch">On the device.</param>
    /// <param name="targets">Of its step.</param>
    /// <exception cref="PluginException">A component breaks its contract: names it and its plugin.</exception>
    public Tensor Loss(Batch batch, TargetCounts targets)
    {
        if (isOver) return targets.Total(recipe.Objective.Loss(model.Forward(batch).Predictions, batch));
        isOver = true;
        BatchContract.Check(batch, recipe, model.Reads);
        var (output, predictions) = new CheckedForward(model, recipe).Run(batch, Capture.None, whole);
        var loss = targets.Total(ScoredContract.Check(recipe.Objective.Loss(predictions, batch), recipe.Objective, batch));
        if (learns) GradientContract.RequireConnected(model, output, predictions, loss, recipe.Objective);
        return loss;
    }

    /// <summary>After the first backward pass: looks whether it reached the model.</summary>
    /// <returns>Names of weights that have no gradient; empty after the first time.</returns>
    /// <exception cref="PluginException">No layer of the backbone has one.</exception>
    public IReadOnlyList<string> Reached()
    {
        if (isReached) return [];
        isReached = true;
        return GradientContract.Unreached(model, recipe.Objective);
    }
}

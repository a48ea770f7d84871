using PluginHost.Host.Batches;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Models.Contracts;

using static TorchSharp.torch;

/// <summary>Says of a loss that is no number where the first such value came from: weights, data, or a component.</summary>
internal static class NotFiniteLoss
{
    // Squares of larger ones overflow.
    private const double Huge = 1e18;

    /// <summary>Runs the batch again, step by step.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="model">On the device.</param>
    /// <param name="recipe">Made the batch.</param>
    /// <param name="batch">On the device.</param>
    /// <param name="value">The loss.</param>
    public static HostException Explain(string stage, TaskModel model, BatchRecipe recipe, Batch batch, float value)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var what = $"Stage '{stage}': the loss of its first samples is {value}";
        if (model.State().FirstOrDefault(s => IsBroken(s.Tensor)).Name is { } weight)
            return new RunFailedException($"{what}, because the weight '{weight}' is not finite before anything is trained. Import or "
                + "train the model again.");
        foreach (var key in batch.Columns.Where(k => is_floating_point(k.Type)))
            if (batch[key].abs().greater(Huge).any().item<bool>() || model.Reads.Contains(key) && IsBroken(batch[key]))
                return new RunFailedException($"{what}, because column '{key.Name}' of the batch holds values that are infinite, or too "
                    + "large to compute with. Look for them in the data.");
        var (output, predictions) = model.Forward(batch);
        foreach (var (stream, tensor) in ReadStreams.Of(model, output))
            if (IsBroken(tensor))
                return Origins.Broken(model.Backbone, $"returned a stream '{stream.Name}' that is not finite, of finite weights. {what}.");
        foreach (var (role, head) in model.Heads)
            if (IsBroken(predictions[role]))
                return Origins.Broken(head, $"returned a prediction of role '{role}' that is not finite, of finite streams. {what}.");
        return Origins.Broken(recipe.Objective, $"returned a loss that is not finite, of finite predictions. {what}.");
    }

    private static bool IsBroken(Tensor tensor) => is_floating_point(tensor.dtype) && !tensor.isfinite().all().item<bool>();
}

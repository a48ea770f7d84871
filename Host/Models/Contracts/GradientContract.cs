using PluginHost.Host.Plugins;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Models.Contracts;

using TorchSharp.Modules;
using static TorchSharp.torch;

/// <summary>Looks whether a loss reaches what is to be trained: a component that cuts its results off learns nothing, and nothing
/// fails.</summary>
internal static class GradientContract
{
    /// <summary>Before the backward pass: finds the component behind whose result no gradient goes on.</summary>
    /// <param name="model">Backbone and heads; a weight that is not trained does not require gradients.</param>
    /// <param name="output">Of the backbone.</param>
    /// <param name="predictions">Of the heads.</param>
    /// <param name="loss">The whole.</param>
    /// <param name="objective">Made the loss.</param>
    /// <exception cref="PluginException">One cuts it off.</exception>
    public static void RequireConnected(TaskModel model, BackboneOutput output, Predictions predictions, Tensor loss, IObjective objective)
    {
        var trained = Trained(model.Backbone).Count > 0;
        var streams = ReadStreams.Of(model, output);
        if (trained && streams.Count > 0 && !streams.Any(s => s.Tensor.requires_grad))
            throw Origins.Broken(model.Backbone, "returned streams that are cut off from its weights, so that it would not be trained; its "
                + "Forward must neither detach what it computes nor run under no_grad.");
        var reads = model.Heads.Values.SelectMany(h => h.Reads).Any(output.IsComputed);
        foreach (var (role, head) in model.Heads)
            if ((trained && reads || Trained(head).Count > 0) && !predictions[role].requires_grad)
                throw Origins.Broken(head, $"returned a prediction of role '{role}' that is cut off from the weights, so that they would "
                    + "not be trained; its Forward must neither detach what it computes nor run under no_grad.");
        if (!loss.requires_grad)
            throw Origins.Broken(objective,
                "returned a loss that is cut off from the predictions, so that nothing would be trained; it must "
                + "be computed of them by tensors, and neither detached nor read back.");
    }

    /// <summary>After the backward pass: refuses a backbone of which no layer has a gradient.</summary>
    /// <returns>Names of the single weights that have none: those of a pooler that no head reads, say.</returns>
    /// <exception cref="PluginException">None has one.</exception>
    public static IReadOnlyList<string> Unreached(TaskModel model, IObjective objective)
    {
        // The table of tokens may be reached through a head that shares it.
        var layers = model.Backbone.Layers.SelectMany(Trained).ToList();
        var weights = layers.Count > 0 ? layers : Trained(model.Backbone);
        if (weights.Count > 0 && weights.TrueForAll(w => w.grad is null))
        {
            var reached = model.Heads.Values.FirstOrDefault(h => Trained(h).Exists(w => w.grad is not null));
            throw Origins.Broken((object?)reached ?? objective, $"cuts the loss off from {Origins.The(model.Backbone)}: none of the "
                + $"{Wording.Counted(weights.Count, "weight")} of its layers has a gradient, so that they would not be trained.");
        }
        return [.. model.Parameters().Where(p => p.Parameter.grad is null).Select(p => p.Name)];
    }

    private static List<Parameter> Trained(nn.Module module) => [.. module.parameters().Where(p => p.requires_grad)];
}

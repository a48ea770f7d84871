using PluginHost.Libs.Tools.Answers;

namespace PluginHost.Libs.Attribution.Gradients;

using static TorchSharp.torch;

/// <summary>
/// The number that gradients are taken of: the log-odds of one class, the logit of one label, or one output as the head gives it.
/// </summary>
/// <param name="model">With outputs of sequences.</param>
/// <param name="kind">What they are.</param>
public sealed class TargetScore(TrainedModel model, OutputKind kind)
{
    private readonly string? role = model.Heads.FirstOrDefault(h => h.Value.Predicts == "B C").Key;

    /// <summary>Whether the model has such a number.</summary>
    public bool Exists => role is not null && kind != OutputKind.BaseClasses && model.Backbone.TakesEmbeddings;

    /// <summary>That of each sample, "B".</summary>
    /// <param name="predictions">Of the batch.</param>
    /// <param name="targets">The output of each sample, axis B.</param>
    public Tensor Of(Predictions predictions, IReadOnlyList<int> targets)
    {
        var outputs_BC = predictions[role!].to_type(ScalarType.Float32);
        var target_B1 = tensor(targets.Select(t => (long)Math.Min(t, outputs_BC.shape[1] - 1)).ToArray(), device: outputs_BC.device)
            .unsqueeze(1);
        var own_B = outputs_BC.gather(1, target_B1).squeeze(1);
        if (kind != OutputKind.Classes || outputs_BC.shape[1] == 1) return own_B;
        return own_B - outputs_BC.scatter(1, target_B1, zeros_like(target_B1, ScalarType.Float32) + float.NegativeInfinity).logsumexp(1);
    }
}

namespace PluginHost.Host.Models;

using static TorchSharp.torch;

/// <summary>Gradients of a trained model's scores at its embeddings.</summary>
internal static class Gradients
{
    /// <inheritdoc cref="TrainedModel.Differentiate"/>
    public static (Tensor Scores_B, Tensor Gradients_BTD) Of(
        LoadedModel model, Batch batch, Tensor embeddings_BTD, Func<BackboneOutput, Lazy<Predictions>, Tensor> score)
    {
        if (!model.Backbone.TakesEmbeddings)
            throw new UsageException(
                $"{model.Name}: the architecture '{model.Backbone.GetName()}' takes tokens only, not embeddings, so it has no gradients at "
                + "them. Use a method that needs none.");
        model.Model.Train(false);
        using var scope = NewDisposeScope();
        using var on = enable_grad();
        // Weights that stay as they are need no gradients, which are most of the memory.
        var learned = model.Model.Modules.SelectMany(m => m.parameters()).Where(p => p.requires_grad).ToList();
        foreach (var parameter in learned) parameter.requires_grad = false;
        try
        {
            var input_BTD = embeddings_BTD.detach().clone().requires_grad_(true);
            using var read = batch.With(Keys.InputEmbeddings, input_BTD);
            var output = model.Backbone.Forward(read, Capture.None);
            var scores_B = score(output, new(() => model.Model.Predict(output, read)));
            var gradients = autograd.grad([scores_B.sum()], [input_BTD]);
            return (scores_B.detach().to_type(ScalarType.Float32).MoveToOuterDisposeScope(),
                gradients[0].detach().to_type(ScalarType.Float32).MoveToOuterDisposeScope());
        }
        finally
        {
            foreach (var parameter in learned) parameter.requires_grad = true;
        }
    }
}

using PluginHost.Host.Batches;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Models.Contracts;

using static TorchSharp.torch;

/// <summary>
/// Runs a model as <see cref="TaskModel.Forward"/> does, and holds architecture and heads to what they declare on the way: that every
/// stream and prediction is there, and has its axes in the sizes they have in this batch. For the first batch of a stage.
/// </summary>
/// <param name="model">Backbone and heads.</param>
/// <param name="recipe">What made the batch.</param>
internal sealed class CheckedForward(TaskModel model, BatchRecipe recipe)
{
    private Backbone Backbone => model.Backbone;

    /// <summary>Runs it.</summary>
    /// <param name="batch">On the device.</param>
    /// <param name="capture">What the backbone keeps beside its streams.</param>
    /// <param name="whole">
    /// Whether streams that are computed when first read are looked at before the heads read them, so that a missing one is told of
    /// whoever left it out. Not in training, where what they draw must keep its order.
    /// </param>
    /// <exception cref="PluginException">A component breaks a rule: names it and its plugin.</exception>
    public (BackboneOutput Output, Predictions Predictions) Run(Batch batch, Capture capture, bool whole)
    {
        var output = Backbone.Forward(batch, capture) ?? throw Origins.Broken(Backbone, "returned no output (null).");
        var sizes = AxisSizes.Of(batch).With("D", Backbone.Shape.HiddenSize);
        var read = model.Heads.Values.SelectMany(h => h.Reads).ToHashSet();
        var early = Backbone.Streams.Where(s => output.IsComputed(s) || whole && read.Contains(s)).ToHashSet();
        foreach (var stream in early) Check(output[stream], stream, sizes, batch);
        var predictions = new Dictionary<string, Tensor>();
        foreach (var (role, head) in model.Heads)
        {
            var prediction = head.Forward(output, batch);
            Check(prediction, head, role, AxisSizes.Of(batch));
            predictions[role] = prediction;
        }
        // A stream that a head was the first to read may have gone with the head's own dispose scope: it was there when it was read.
        foreach (var stream in Backbone.Streams.Where(output.IsComputed))
            if (early.Add(stream) && output[stream] is not { IsInvalid: true }) Check(output[stream], stream, sizes, batch);
        return (output, new Predictions(predictions));
    }

    private void Check(Tensor? tensor, StreamKey stream, AxisSizes sizes, Batch batch)
    {
        RequireThere(tensor, Backbone, $"the stream '{stream.Name}'");
        if (sizes.Misfit(stream.Axes, tensor!.shape) is { } expected)
            throw Origins.Broken(Backbone, $"returned the stream '{stream.Name}' as [{string.Join(", ", tensor.shape)}]; it declares "
                + $"[{stream.Axes}], which is {expected} here: B and T are those of the batch, D its hidden size.");
        RequireLike(tensor, batch, Backbone, $"the stream '{stream.Name}'");
    }

    private void Check(Tensor? tensor, Head head, string role, AxisSizes batch)
    {
        RequireThere(tensor, head, $"the prediction of role '{role}'");
        var (axes, sizes) = Expected(head, role, batch);
        if (sizes.Misfit(axes, tensor!.shape) is { } expected)
            throw Origins.Broken(head, $"returned the prediction of role '{role}' as [{string.Join(", ", tensor.shape)}]; it declares "
                + $"[{head.Predicts}], which is {expected} here.");
        if (!is_floating_point(tensor.dtype))
            throw Origins.Broken(head, $"returned the prediction of role '{role}' as {tensor.dtype}; it has to be floating-point.");
    }

    /// <summary>
    /// The axes of a prediction in a batch: a head that finds positions predicts at those alone (<see cref="Keys.Positions"/>,
    /// <see cref="Keys.NumberPositions"/>), and one made for positions predicts everywhere where the batch names none.
    /// </summary>
    private (string Axes, AxisSizes Sizes) Expected(Head head, string role, AxisSizes batch)
    {
        // D is the width of streams; what a head calls so is its own.
        var sizes = batch.Without("D").AtLeast("V", recipe.Tokenizer.Vocabulary.Count);
        var declared = recipe.Objective.Heads.FirstOrDefault(h => h.Name == role);
        var outputs = declared is { Outputs: > 0 } ? declared.Outputs
            : recipe.Objective.Heads.Count == 1 ? recipe.Objective.Card.OutputNames.Count : 0;
        if (outputs > 0) sizes = sizes.With("C", outputs);
        var axes = head.Predicts;
        if (batch.Has("M") && (axes.StartsWith("B T ", StringComparison.Ordinal) || axes.StartsWith("B U ", StringComparison.Ordinal)))
            axes = "M" + axes[3..];
        else if (!batch.Has("M") && axes.StartsWith("M ", StringComparison.Ordinal)) axes = "B T" + axes[1..];
        else if (!batch.Has("Q") && axes == "Q") axes = "B T";
        return (axes, sizes);
    }

    private static void RequireThere(Tensor? tensor, object component, string what)
    {
        if (tensor is null) throw Origins.Broken(component, $"returned {what} as nothing (null).");
        if (tensor.IsInvalid)
            throw Origins.Broken(component, $"returned {what} disposed of; move what is returned out of the dispose scope "
                + "(MoveToOuterDisposeScope).");
    }

    private static void RequireLike(Tensor tensor, Batch batch, object component, string what)
    {
        if (!is_floating_point(tensor.dtype))
            throw Origins.Broken(component, $"returned {what} as {tensor.dtype}; it has to be floating-point.");
        if (batch.Columns.FirstOrDefault() is { } key && tensor.device_type != batch[key].device_type)
            throw Origins.Broken(component, $"returned {what} on {tensor.device}; the batch is on {batch[key].device}.");
    }
}

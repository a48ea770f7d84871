using PluginHost.Libs.Files;

namespace PluginHost.Libs.Tools.Answers;

using static TorchSharp.torch;

/// <summary>The hidden states "B T D" that are asked for.</summary>
/// <param name="model">Computes them.</param>
/// <param name="layer">0 the embeddings, 1 after the first layer, and so on; null the stream that the model puts out.</param>
public sealed class LayerStates(TrainedModel model, int? layer)
{
    /// <summary>What they are called in the heads of files.</summary>
    public string Name => layer switch { null => "output", 0 => "0 (embeddings)", var number => $"{number}" };

    /// <summary>Refuses what the architecture has not, before anything is computed.</summary>
    /// <exception cref="UsageException">It has no states of tokens.</exception>
    public void Check()
    {
        if (layer is null && !model.Backbone.Streams.Contains(StreamKey.Hidden))
            throw new UsageException(
                $"{model.Name}: its architecture '{model.Backbone.GetName()}' puts out no states of tokens, but "
                + $"{string.Join(", ", model.Backbone.Streams.Select(s => $"'{s.Name}'"))}; name a layer with --layer.");
    }

    /// <summary>Those of a batch, as float32 on the model's device, in the current dispose scope.</summary>
    /// <exception cref="UsageException">There is no such layer.</exception>
    public Tensor Of(Batch batch) => Of(model.Forward(batch, Capture));

    /// <summary>What the backbone is to be asked for.</summary>
    public Capture Capture => layer is null ? Capture.None : Capture.HiddenStates;

    /// <summary>Those of a forward pass that was asked for <see cref="Capture"/>.</summary>
    /// <exception cref="UsageException">There is no such layer.</exception>
    public Tensor Of(BackboneOutput output)
    {
        if (layer is not { } number) return output[StreamKey.Hidden].to_type(ScalarType.Float32);
        var states = output.HiddenStates;
        if (states.Count == 0)
            throw new UsageException(
                $"{model.Name}: its architecture '{model.Backbone.GetName()}' does not give the states of its layers; leave --layer out.");
        if (number >= states.Count)
            throw new UsageException(
                $"--layer {number}: {model.Name} has {Wording.Counted(states.Count - 1, "layer")}; give 0, the embeddings, to "
                + $"{states.Count - 1}.");
        return states[number].to_type(ScalarType.Float32);
    }
}

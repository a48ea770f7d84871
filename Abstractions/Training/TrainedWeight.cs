using TorchSharp.Modules;

namespace PluginHost;

/// <summary>A weight that a stage trains.</summary>
/// <param name="Name">Its published name, unique in the model: what an optimizer's state is kept under.</param>
/// <param name="Parameter">The weight, of any shape, on its device. Its <c>grad</c> is null where the loss did not reach it.</param>
public sealed record TrainedWeight(string Name, Parameter Parameter)
{
    /// <summary>Factor on the learning rate for this weight, above 0. Default 1; less in low layers with <c>layerDecay</c>.</summary>
    public double RateFactor { get; init; } = 1;

    /// <summary>
    /// Whether it is a matrix [out, in] that maps hidden states inside one of the backbone's repeated layers: no embedding, no
    /// head, no bias, no norm. Default false.
    /// </summary>
    public bool IsLayerMatrix { get; init; }

    /// <summary>
    /// Whether weight decay applies: to matrices and embeddings, not to biases and norms, which have fewer than two axes.
    /// </summary>
    public bool IsDecayed => Parameter.dim() >= 2;
}

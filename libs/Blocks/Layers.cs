namespace PluginHost.Libs.Blocks;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Layers with BERT's initial values: weights from N(0, 0.02), biases 0 (Devlin et al. 2019, the released <c>initializer_range</c>).
/// </summary>
public static class Layers
{
    /// <summary>Standard deviation of initial weights.</summary>
    public const double InitializerRange = 0.02;

    /// <summary>x W^T + b, or x W^T.</summary>
    public static Linear Dense(int from, int to, bool bias = true)
    {
        var linear = Linear(from, to, hasBias: bias);
        init.normal_(linear.weight!, 0, InitializerRange);
        if (bias) init.zeros_(linear.bias!);
        return linear;
    }

    /// <summary>A table of vectors.</summary>
    public static Embedding Table(int rows, int width)
    {
        var embedding = Embedding(rows, width);
        init.normal_(embedding.weight!, 0, InitializerRange);
        return embedding;
    }

    /// <summary>
    /// Layer norm over the last axis, computed in single precision: half-precision inputs lose too much, and on a CPU they are slower.
    /// </summary>
    public static Tensor Normalize(LayerNorm norm, Tensor input) => norm.forward(input.to_type(ScalarType.Float32));
}

namespace PluginHost.Plugins.ByteSeq2Seq;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Layers without biases and with T5's initial values: normal, of a deviation that keeps the variance of what is summed (Raffel et al.
/// 2020, as in Mesh TensorFlow).
/// </summary>
internal static class Weights
{
    /// <summary>x W^T.</summary>
    public static Linear Dense(int from, int to, double deviation)
    {
        var linear = Linear(from, to, hasBias: false);
        init.normal_(linear.weight!, 0, deviation);
        return linear;
    }

    /// <summary>A table of vectors.</summary>
    public static Embedding Table(int rows, int width, double deviation)
    {
        var embedding = Embedding(rows, width);
        init.normal_(embedding.weight!, 0, deviation);
        return embedding;
    }
}

namespace PluginHost.Libs.Blocks;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>The end of a post-LN block: project, drop, add the block's input, normalise.</summary>
/// <remarks>Fields are named as the published checkpoints name them.</remarks>
public sealed class ResidualOutput : Module
{
    private readonly double dropout;
    private readonly Linear dense;
    private readonly LayerNorm LayerNorm;

    /// <param name="from">Width of the block's inside.</param>
    /// <param name="shape">Hidden size, dropout and epsilon.</param>
    public ResidualOutput(int from, EncoderShape shape) : base("output")
    {
        dropout = shape.Dropout;
        dense = Layers.Dense(from, shape.Width);
        LayerNorm = LayerNorm([shape.Width], shape.LayerNormEpsilon);
        RegisterComponents();
    }

    /// <summary>The block's inside "... F" and its input "... D" to "... D".</summary>
    public Tensor Forward(Tensor inside, Tensor input)
    {
        using var scope = NewDisposeScope();
        var sum = Extras.dropout_add(dense.call(inside), input, dropout, training);
        return Layers.Normalize(LayerNorm, sum).MoveToOuterDisposeScope();
    }
}

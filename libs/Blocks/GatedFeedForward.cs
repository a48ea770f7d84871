namespace PluginHost.Libs.Blocks;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// The whole feed-forward block with a gated linear unit (Shazeer 2020, GEGLU), as DNABERT-2 and Genomics-FM have it: the first half of
/// a widening without bias goes through the exact GELU and is multiplied by the second; drop, narrow, add the input, normalise.
/// </summary>
/// <remarks>Fields are named as the published checkpoints name them.</remarks>
public sealed class GatedFeedForward : Module
{
    private readonly double dropout;
    private readonly Linear gated_layers;
    private readonly Linear wo;
    private readonly LayerNorm layernorm;

    /// <param name="shape">Hidden size D, inner width F, dropout and epsilon.</param>
    public GatedFeedForward(EncoderShape shape) : base("mlp")
    {
        dropout = shape.Dropout;
        gated_layers = Layers.Dense(shape.Width, 2 * shape.FeedForward, bias: false);
        wo = Layers.Dense(shape.FeedForward, shape.Width);
        layernorm = LayerNorm([shape.Width], shape.LayerNormEpsilon);
        RegisterComponents();
    }

    /// <summary>"... D" to "... D".</summary>
    public Tensor Forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var halves = gated_layers.call(input).chunk(2, -1);
        var inside = Extras.dropout(functional.gelu(halves[0]) * halves[1], dropout, training);
        return Layers.Normalize(layernorm, wo.call(inside) + input).MoveToOuterDisposeScope();
    }
}

namespace PluginHost.Plugins.ByteSeq2Seq;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Divides by the root mean square over the last axis and scales (Zhang and Sennrich 2019): T5's layer norm, without mean and bias.
/// Computed in single precision.
/// </summary>
internal sealed class RmsNorm : Module<Tensor, Tensor>
{
    private readonly double epsilon;
    private readonly Parameter weight;

    public RmsNorm(int width, double epsilon) : base("layer_norm")
    {
        this.epsilon = epsilon;
        weight = new Parameter(ones(width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var single = input.to_type(ScalarType.Float32);
        var meanSquare = single.square().mean([-1], keepdim: true);
        return (single * (meanSquare + epsilon).rsqrt() * weight).MoveToOuterDisposeScope();
    }
}

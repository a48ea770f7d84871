namespace PluginHost.Plugins.MaskedLm;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>dense, GELU (erf) and layer norm; fields named as the published checkpoints name them.</summary>
internal sealed class MaskedLmTransform : Module<Tensor, Tensor>
{
    private readonly Linear dense;
    private readonly LayerNorm LayerNorm;

    public MaskedLmTransform(int width, double epsilon) : base("transform")
    {
        dense = Linear(width, width);
        init.normal_(dense.weight!, 0, 0.02);
        init.zeros_(dense.bias!);
        LayerNorm = LayerNorm([width], epsilon);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => LayerNorm.forward(functional.gelu(dense.forward(input)).to_type(ScalarType.Float32));
}

namespace PluginHost.Plugins.NumericGpt;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>The feed-forward block: four times as wide inside, GELU by tanh, without biases (Radford et al. 2019).</summary>
/// <remarks>Fields are named as the published checkpoints name them.</remarks>
internal sealed class Mlp : Module
{
    private readonly double dropout;
    private readonly Linear c_fc;
    private readonly Linear c_proj;

    public Mlp(NumericGptOptions options) : base("mlp")
    {
        dropout = options.Dropout;
        c_fc = Linear(options.Width, 4 * options.Width, hasBias: false);
        c_proj = Linear(4 * options.Width, options.Width, hasBias: false);
        RegisterComponents();
    }

    /// <summary>"B T D" to "B T D".</summary>
    public Tensor Forward(Tensor input_BTD)
    {
        using var scope = NewDisposeScope();
        var wide_BTF = functional.gelu(c_fc.call(input_BTD), TorchSharp.Modules.GELU.Approximate.tanh);
        return Extras.dropout(c_proj.call(wide_BTF), dropout, training).MoveToOuterDisposeScope();
    }
}

namespace PluginHost.Plugins.ConvEncoder;

using PluginHost.Libs.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>x + convolution(GELU(norm(x))).</summary>
internal sealed class ResidualConvolution : Module
{
    private readonly LayerNorm norm;
    private readonly Conv1d convolution;

    public ResidualConvolution(int width, int kernel, long gap) : base("residual-convolution")
    {
        norm = LayerNorm([width]);
        convolution = Conv1d(width, width, kernel, padding: kernel / 2 * gap, dilation: gap);
        RegisterComponents();
    }

    /// <summary>"B T D" to "B T D"; padding gives nothing to anybody.</summary>
    public Tensor Forward(Tensor hidden_BTD, Tensor real_BT1)
    {
        using var scope = NewDisposeScope();
        var seen_BTD = functional.gelu(Layers.Normalize(norm, hidden_BTD)) * real_BT1;
        return (hidden_BTD + convolution.call(seen_BTD.transpose(1, 2)).transpose(1, 2)).MoveToOuterDisposeScope();
    }
}

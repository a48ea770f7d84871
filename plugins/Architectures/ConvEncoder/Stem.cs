namespace PluginHost.Plugins.ConvEncoder;

using PluginHost.Libs.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>What every token sees of its neighbours: a convolution over embeddings, and residual ones with growing gaps.</summary>
/// <remarks>Axes: B samples, T tokens, E width of embeddings, D hidden size.</remarks>
internal sealed class Stem : Module
{
    private readonly Conv1d first;
    private readonly Linear? positions;
    private readonly ModuleList<ResidualConvolution> layer;
    private readonly LayerNorm norm;

    public Stem(ConvEncoderOptions options, int embeddingWidth) : base("stem")
    {
        first = Conv1d(embeddingWidth, options.Width, options.StemKernel, padding: options.StemKernel / 2);
        if (options.Positions == Places.Absolute) positions = Layers.Dense(Sinusoids.Width, options.Width);
        layer = ModuleList([.. Enumerable.Range(0, options.ConvLayers)
            .Select(i => new ResidualConvolution(options.Width, options.ConvKernel, gap: 1L << Math.Min(i, 20)))]);
        norm = LayerNorm([options.Width]);
        RegisterComponents();
    }

    /// <summary>"B T E" to "B T D".</summary>
    /// <param name="embedded_BTE">Zero where there is no token, so that a sequence is the same alone and beside longer ones.</param>
    /// <param name="real_BT1">1 where a token is.</param>
    public Tensor Forward(Tensor embedded_BTE, Tensor real_BT1)
    {
        using var scope = NewDisposeScope();
        var hidden_BTD = first.call(embedded_BTE.transpose(1, 2)).transpose(1, 2);
        if (positions is not null) hidden_BTD = hidden_BTD + positions.call(Sinusoids.Of(hidden_BTD.shape[1], hidden_BTD.device));
        foreach (var one in layer) hidden_BTD = one.Forward(hidden_BTD, real_BT1);
        return Layers.Normalize(norm, hidden_BTD).MoveToOuterDisposeScope();
    }
}

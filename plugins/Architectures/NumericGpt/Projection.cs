namespace PluginHost.Plugins.NumericGpt;

using PluginHost.Libs.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Linear, SiLU, layer norm, Linear, all without biases (Zhang et al. 2023, figure 1 d): both embeds numbers and makes the heads.
/// </summary>
/// <remarks>The parts are registered as 0, 2 and 3, their names in the published checkpoints (1 is the SiLU).</remarks>
internal sealed class Projection
{
    private readonly Linear first;
    private readonly LayerNorm norm;
    private readonly Linear last;

    /// <param name="owner">Owns the parts.</param>
    /// <param name="from">Width of the input.</param>
    /// <param name="width">D.</param>
    /// <param name="to">Width of the output.</param>
    /// <param name="epsilon">Added to the variance in layer norm.</param>
    /// <param name="deviation">Standard deviation of initial weights; null for PyTorch's defaults.</param>
    public Projection(Module owner, int from, int width, int to, double epsilon, double? deviation)
    {
        first = Linear(from, width, hasBias: false);
        norm = LayerNorm([width], epsilon, bias: false);
        last = Linear(width, to, hasBias: false);
        if (deviation is { } range)
        {
            init.normal_(first.weight, 0, range);
            init.normal_(last.weight, 0, range);
        }
        owner.register_module("0", first);
        owner.register_module("2", norm);
        owner.register_module("3", last);
    }

    /// <summary>"... F" to "... G".</summary>
    public Tensor Forward(Tensor input) => last.call(Inner(input));

    /// <summary>The same for some of the outputs only.</summary>
    /// <param name="input">"... F".</param>
    /// <param name="outputs_C">Int64 "C": which outputs.</param>
    public Tensor Forward(Tensor input, Tensor outputs_C) => functional.linear(Inner(input), last.weight.index_select(0, outputs_C));

    private Tensor Inner(Tensor input) => Layers.Normalize(norm, functional.silu(first.call(input)));
}

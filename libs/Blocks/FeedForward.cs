namespace PluginHost.Libs.Blocks;

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>The widening half of the feed-forward block: dense and GELU in its exact (erf) form.</summary>
public sealed class FeedForward : Module<Tensor, Tensor>
{
    private readonly Linear dense;

    /// <param name="shape">Hidden size D and inner width F.</param>
    public FeedForward(EncoderShape shape) : base("intermediate")
    {
        dense = Layers.Dense(shape.Width, shape.FeedForward);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var wide_BTF = dense.call(input);
        return functional.gelu(wide_BTF);
    }
}

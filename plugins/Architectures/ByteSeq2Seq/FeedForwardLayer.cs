namespace PluginHost.Plugins.ByteSeq2Seq;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Pre-norm feed-forward block with its residual.</summary>
internal sealed class FeedForwardLayer : Module<Tensor, Tensor>
{
    private readonly double dropout;
    private readonly FeedForward DenseReluDense;
    private readonly RmsNorm layer_norm;

    public FeedForwardLayer(Seq2SeqShape shape) : base("layer")
    {
        dropout = shape.Dropout;
        DenseReluDense = new FeedForward(shape);
        layer_norm = new RmsNorm(shape.Width, shape.NormEpsilon);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var update = DenseReluDense.forward(layer_norm.forward(input));
        return Extras.dropout_add(update, input, dropout, training).MoveToOuterDisposeScope();
    }
}

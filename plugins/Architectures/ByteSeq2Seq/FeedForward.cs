namespace PluginHost.Plugins.ByteSeq2Seq;

using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>The feed-forward block: GELU-gated (Shazeer 2020) as T5 1.1 and ByT5, or ReLU as the first T5.</summary>
/// <remarks>Fields are named as T5's checkpoints name them.</remarks>
internal sealed class FeedForward : Module<Tensor, Tensor>
{
    private readonly Seq2SeqShape shape;
    private readonly Linear? wi;
    private readonly Linear? wi_0;
    private readonly Linear? wi_1;
    private readonly Linear wo;

    public FeedForward(Seq2SeqShape shape) : base("DenseReluDense")
    {
        this.shape = shape;
        var deviation = 1 / Math.Sqrt(shape.Width);
        if (shape.Kind == FeedForwardKind.Relu) wi = Weights.Dense(shape.Width, shape.Inner, deviation);
        else
        {
            wi_0 = Weights.Dense(shape.Width, shape.Inner, deviation);
            wi_1 = Weights.Dense(shape.Width, shape.Inner, deviation);
        }
        wo = Weights.Dense(shape.Inner, shape.Width, 1 / Math.Sqrt(shape.Inner));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var wide = wi is not null ? wi.call(input).relu() : Gelu(wi_0!.call(input)) * wi_1!.call(input);
        return wo.call(Extras.dropout(wide, shape.Dropout, training)).MoveToOuterDisposeScope();
    }

    // The approximation of Hendrycks and Gimpel 2016, 2.
    private Tensor Gelu(Tensor x) => shape.TanhGelu
        ? x * ((x + x.pow(3) * 0.044715) * Math.Sqrt(2 / Math.PI)).tanh().add(1) * 0.5
        : functional.gelu(x);
}

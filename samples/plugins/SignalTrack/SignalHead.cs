using PluginHost;
using TorchSharp.Modules;

namespace SignalTrack;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Dropout and a linear layer: one number for each token, "B T".</summary>
internal sealed class SignalHead : Head
{
    private readonly double dropout;
    private readonly Linear linear;

    public SignalHead(SignalHeadOptions options, Backbone backbone) : base("signal-head")
    {
        dropout = options.Dropout;
        linear = Linear(backbone.Shape.HiddenSize, 1);
        RegisterComponents();
    }

    public override IReadOnlyList<StreamKey> Reads { get; } = [StreamKey.Hidden];

    public override string Predicts => "B T";

    public override string StatePrefix => "signal";

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        var hidden_BTD = output[StreamKey.Hidden];
        using var scope = NewDisposeScope();
        return linear.call(functional.dropout(hidden_BTD, dropout, training)).squeeze(2).MoveToOuterDisposeScope();
    }
}

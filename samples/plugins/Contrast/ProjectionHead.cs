using PluginHost;
using TorchSharp.Modules;

namespace Contrast;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// The mean of the tokens' states, as DNABERT-S takes it, and the projection of SimCLR: a linear layer, ReLU, a linear layer, and length 1.
/// What is used afterwards stands before the projection: 'host embed'.
/// </summary>
internal sealed class ProjectionHead : Head
{
    private readonly Linear first;
    private readonly Linear second;

    public ProjectionHead(ProjectionOptions options, Backbone backbone) : base("projection-head")
    {
        first = Linear(backbone.Shape.HiddenSize, backbone.Shape.HiddenSize);
        second = Linear(backbone.Shape.HiddenSize, options.Width);
        RegisterComponents();
    }

    public override IReadOnlyList<StreamKey> Reads { get; } = [StreamKey.Hidden];

    public override IReadOnlyList<BatchKey> ReadsColumns { get; } = [Keys.AttentionMask];

    public override string Predicts => "B E";

    public override string StatePrefix => "projection";

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        var hidden_BTD = output[StreamKey.Hidden];
        using var scope = NewDisposeScope();
        var real_BT1 = batch[Keys.AttentionMask].unsqueeze(2).to_type(hidden_BTD.dtype);
        var mean_BD = (hidden_BTD * real_BT1).sum(1) / real_BT1.sum(1).clamp_min(1);
        var vectors_BE = second.call(first.call(mean_BD).relu()).to_type(ScalarType.Float32);
        return functional.normalize(vectors_BE, dim: 1).MoveToOuterDisposeScope();
    }
}

using PluginHost;
using TorchSharp.Modules;

namespace Contrast;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>The projection of SimCLR: a linear layer, ReLU, a linear layer, and length 1. 'host embed' reads what stands before it.</summary>
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

    public override IReadOnlyList<StreamKey> Reads { get; } = [StreamKey.Pooled];

    public override string Predicts => "B E";

    public override string StatePrefix => "projection";

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        var pooled_BD = output[StreamKey.Pooled];
        using var scope = NewDisposeScope();
        var vectors_BE = second.call(first.call(pooled_BD).relu()).to_type(ScalarType.Float32);
        return functional.normalize(vectors_BE, dim: 1).MoveToOuterDisposeScope();
    }
}

using TorchSharp.Modules;

namespace PluginHost.PluginKit;

using static TorchSharp.torch;

/// <summary>A linear layer over the mean of tokens. Axes: B samples, T tokens, D hidden size, C classes.</summary>
internal sealed class MeanOfTokens : Head
{
    private readonly Linear linear;

    public MeanOfTokens(int classes, BuildContext context) : base("mean-of-tokens")
    {
        linear = nn.Linear(context.Backbone.Shape.HiddenSize, classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StreamKey> Reads => [StreamKey.Hidden];

    /// <inheritdoc/>
    public override IReadOnlyList<BatchKey> ReadsColumns => [Keys.AttentionMask];

    /// <inheritdoc/>
    public override string Predicts => "B C";

    /// <inheritdoc/>
    public override string StatePrefix => "classifier";

    /// <inheritdoc/>
    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        using var scope = NewDisposeScope();
        var real_BT1 = batch[Keys.AttentionMask].unsqueeze(2).to_type(ScalarType.Float32);
        var mean_BD = (output[StreamKey.Hidden].to_type(ScalarType.Float32) * real_BT1).sum(1) / real_BT1.sum(1);
        return linear.call(mean_BD).MoveToOuterDisposeScope();
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MyPlugin;

/// <summary>What a pipeline may say about the head.</summary>
public sealed class MeanHeadOptions
{
    /// <summary>Classes.</summary>
    [Range(1, 100_000), Description("Number of classes.")]
    public int Classes { get; set; } = 2;
}

/// <summary>Axes: B sequences, T tokens, D hidden size, C classes.</summary>
internal sealed class MeanHead : Head
{
    private readonly Linear output;

    public MeanHead(MeanHeadOptions options, BuildContext context) : base("my-plugin")
    {
        output = nn.Linear(context.Backbone.Shape.HiddenSize, options.Classes);
        RegisterComponents();
    }

    public override IReadOnlyList<StreamKey> Reads => [StreamKey.Hidden];

    public override IReadOnlyList<BatchKey> ReadsColumns => [Keys.AttentionMask];

    public override string Predicts => "B C";

    public override string StatePrefix => "classifier";

    public override (string Weight, string Bias)? LastLinear => ("output.weight", "output.bias");

    public override Tensor Forward(BackboneOutput output, Batch batch)
    {
        using var scope = NewDisposeScope();
        // Hidden states may be bfloat16: sums over many tokens are not to be.
        var hidden_BTD = output[StreamKey.Hidden].to_type(ScalarType.Float32);
        var real_BT1 = batch[Keys.AttentionMask].unsqueeze(2).to_type(ScalarType.Float32);
        var mean_BD = (hidden_BTD * real_BT1).sum(1) / real_BT1.sum(1).clamp_min(1);
        return this.output.call(mean_BD).MoveToOuterDisposeScope();
    }
}

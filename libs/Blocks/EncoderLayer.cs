using PluginHost.Libs.Blocks.Attention;

namespace PluginHost.Libs.Blocks;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>A post-LN transformer encoder layer (Vaswani et al. 2017; Devlin et al. 2019), its feed-forward block plain or gated.</summary>
public sealed class EncoderLayer : Module
{
    private readonly AttentionBlock attention;
    private readonly FeedForward? intermediate;
    private readonly ResidualOutput? output;
    private readonly GatedFeedForward? mlp;

    /// <summary>Builds the layer.</summary>
    public EncoderLayer(EncoderShape shape) : base("layer")
    {
        attention = new AttentionBlock(shape);
        if (shape.Gated)
        {
            mlp = new GatedFeedForward(shape);
        }
        else
        {
            intermediate = new FeedForward(shape);
            output = new ResidualOutput(shape.FeedForward, shape);
        }
        RegisterComponents();
    }

    /// <summary>Keeps the layout; see <see cref="SelfAttention.Forward"/>.</summary>
    public Tensor Forward(Tensor hidden, TokenLayout layout, Action<Tensor>? onShares)
    {
        using var attended = attention.Forward(hidden, layout, onShares);
        return Finish(attended);
    }

    /// <summary>
    /// What the layer makes of each row's first token, "B D": all that is needed of the last one where only [CLS] is read. For use, not
    /// for training.
    /// </summary>
    public Tensor First(Tensor hidden, TokenLayout layout)
    {
        using var first_BD = layout.First(hidden);
        using var attended_BD = attention.First(hidden, first_BD, layout);
        return Finish(attended_BD);
    }

    private Tensor Finish(Tensor attended)
    {
        if (mlp is not null) return mlp.Forward(attended);
        using var wide = intermediate!.forward(attended);
        return output!.Forward(wide, attended);
    }
}

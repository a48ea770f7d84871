namespace PluginHost.Plugins.Blocks;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>A post-LN transformer encoder layer (Vaswani et al. 2017; Devlin et al. 2019).</summary>
public sealed class EncoderLayer : Module
{
    private readonly AttentionBlock attention;
    private readonly FeedForward intermediate;
    private readonly ResidualOutput output;

    /// <summary>Builds the layer.</summary>
    public EncoderLayer(EncoderShape shape) : base("layer")
    {
        attention = new AttentionBlock(shape);
        intermediate = new FeedForward(shape);
        output = new ResidualOutput(shape.FeedForward, shape);
        RegisterComponents();
    }

    /// <summary>"B T D" to "B T D"; see <see cref="SelfAttention.Forward"/>.</summary>
    public Tensor Forward(Tensor hidden_BTD, Tensor? mask_B11T, ICollection<Tensor>? attentions)
    {
        using var attended_BTD = attention.Forward(hidden_BTD, mask_B11T, attentions);
        using var wide_BTF = intermediate.forward(attended_BTD);
        return output.Forward(wide_BTF, attended_BTD);
    }
}

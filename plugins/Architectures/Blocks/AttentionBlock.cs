namespace PluginHost.Plugins.Blocks;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Self-attention with its projection and residual.</summary>
public sealed class AttentionBlock : Module
{
    private readonly SelfAttention self;
    private readonly ResidualOutput output;

    /// <summary>Builds both parts.</summary>
    public AttentionBlock(EncoderShape shape) : base("attention")
    {
        self = new SelfAttention(shape);
        output = new ResidualOutput(shape.Width, shape);
        RegisterComponents();
    }

    /// <summary>"B T D" to "B T D"; see <see cref="SelfAttention.Forward"/>.</summary>
    public Tensor Forward(Tensor hidden_BTD, Tensor? mask_B11T, ICollection<Tensor>? attentions)
    {
        using var attended_BTD = self.Forward(hidden_BTD, mask_B11T, attentions);
        return output.Forward(attended_BTD, hidden_BTD);
    }
}

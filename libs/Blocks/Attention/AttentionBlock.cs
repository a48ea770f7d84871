namespace PluginHost.Libs.Blocks.Attention;

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
        self = shape.Packed ? new PackedAttention(shape) : new SeparateAttention(shape);
        output = new ResidualOutput(shape.Width, shape);
        RegisterComponents();
    }

    /// <summary>Keeps the layout; see <see cref="SelfAttention.Forward"/>.</summary>
    public Tensor Forward(Tensor hidden, TokenLayout layout, Action<Tensor>? onShares)
    {
        using var attended = self.Forward(hidden, layout, onShares);
        return output.Forward(attended, hidden);
    }

    /// <summary>Of each row's first token alone; see <see cref="SelfAttention.First"/>.</summary>
    public Tensor First(Tensor hidden, Tensor first_BD, TokenLayout layout)
    {
        using var attended_BD = self.First(hidden, first_BD, layout);
        return output.Forward(attended_BD, first_BD);
    }
}

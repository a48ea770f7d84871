namespace PluginHost.Plugins.NumericGpt;

using PluginHost.Libs.Blocks;
using PluginHost.Libs.Blocks.Attention;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>A pre-LN decoder layer (Radford et al. 2019): x + attention(norm(x)), then x + mlp(norm(x)).</summary>
internal sealed class DecoderLayer : Module
{
    private readonly LayerNorm ln_1;
    private readonly CausalAttention attn;
    private readonly LayerNorm ln_2;
    private readonly Mlp mlp;

    public DecoderLayer(NumericGptOptions options) : base("h")
    {
        ln_1 = LayerNorm([options.Width], options.LayerNormEpsilon, bias: false);
        attn = new CausalAttention(options);
        ln_2 = LayerNorm([options.Width], options.LayerNormEpsilon, bias: false);
        mlp = new Mlp(options);
        RegisterComponents();
    }

    /// <summary>"B T D" to "B T D"; see <see cref="CausalAttention.Forward"/>.</summary>
    public Tensor Forward(Tensor hidden_BTD, Tensor? mask_TT, Action<Tensor>? onShares)
    {
        using var normal_BTD = Layers.Normalize(ln_1, hidden_BTD);
        using var attended_BTD = attn.Forward(normal_BTD, mask_TT, onShares);
        return Finish(hidden_BTD, attended_BTD);
    }

    /// <summary>The same for new tokens; see <see cref="CausalAttention.Continue"/>.</summary>
    public Tensor Continue(Tensor hidden_BTD, KeyValueCache cache, Tensor? mask)
    {
        using var normal_BTD = Layers.Normalize(ln_1, hidden_BTD);
        using var attended_BTD = attn.Continue(normal_BTD, cache, mask);
        return Finish(hidden_BTD, attended_BTD);
    }

    private Tensor Finish(Tensor hidden_BTD, Tensor attended_BTD)
    {
        using var middle_BTD = hidden_BTD + attended_BTD;
        using var normal_BTD = Layers.Normalize(ln_2, middle_BTD);
        using var update_BTD = mlp.Forward(normal_BTD);
        return middle_BTD + update_BTD;
    }
}

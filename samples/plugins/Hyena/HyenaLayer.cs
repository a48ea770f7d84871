using TorchSharp.Modules;

namespace Hyena;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// x + Hyena(norm(x)), then the same with a feed-forward network. The operator projects each token to three vectors q, k and v, passes them
/// through a short filter, and gives q * (long filter over k * v): two gates around one convolution, which is order 2.
/// </summary>
/// <remarks>Axes: B samples, T tokens, D width.</remarks>
internal sealed class HyenaLayer : Module<Tensor, Tensor, Tensor>
{
    private readonly HyenaOptions options;
    private readonly LayerNorm mixer_norm;
    private readonly Linear input;
    private readonly Conv1d short_filter;
    private readonly LongFilter ahead;
    private readonly LongFilter? behind;
    private readonly Parameter skip;
    private readonly Linear output;
    private readonly LayerNorm network_norm;
    private readonly Linear up;
    private readonly Linear down;

    public HyenaLayer(HyenaOptions options) : base("hyena-layer")
    {
        this.options = options;
        var (width, inner) = (options.Width, options.FeedForward ?? 4 * options.Width);
        mixer_norm = LayerNorm([width]);
        input = Linear(width, 3 * width);
        short_filter = Conv1d(3 * width, 3 * width, options.ShortFilter,
            padding: options.Causal ? options.ShortFilter - 1 : options.ShortFilter / 2, groups: 3 * width);
        ahead = new LongFilter(options);
        behind = options.Causal ? null : new LongFilter(options);
        skip = new Parameter(randn(width, 1));
        output = Linear(width, width);
        network_norm = LayerNorm([width]);
        up = Linear(width, inner);
        down = Linear(inner, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden_BTD, Tensor real_BT1)
    {
        using var scope = NewDisposeScope();
        hidden_BTD = hidden_BTD + Drop(Mix(mixer_norm.call(hidden_BTD), real_BT1));
        hidden_BTD = hidden_BTD + Drop(down.call(functional.gelu(up.call(network_norm.call(hidden_BTD)))));
        return hidden_BTD.MoveToOuterDisposeScope();
    }

    private Tensor Mix(Tensor normal_BTD, Tensor real_BT1)
    {
        var length = normal_BTD.shape[1];
        // Padding gives nothing to anybody, so that a sequence is the same alone and in a batch.
        var projected_B3T = (input.call(normal_BTD) * real_BT1).transpose(1, 2);
        var filtered_B3T = short_filter.call(projected_B3T).narrow(2, 0, length) * real_BT1.transpose(1, 2);
        var parts = filtered_B3T.chunk(3, 1);
        // Fourier transforms are in single precision, whatever the products around them are in.
        var gated_BDT = (parts[1] * parts[2]).to_type(ScalarType.Float32);
        var mixed_BDT = LongFilter.Convolve(gated_BDT, ahead.call(length), behind?.call(length)) + gated_BDT * skip;
        return output.call((parts[0] * mixed_BDT).transpose(1, 2));
    }

    private Tensor Drop(Tensor values) => functional.dropout(values, options.Dropout, training);
}

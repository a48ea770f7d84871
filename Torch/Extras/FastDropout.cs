using TorchSharp;
using static TorchSharp.torch;
#if !TORCHSHARP
using PluginHost.Torch.Interop;
#endif

namespace PluginHost.Torch;

/// <summary>
/// Dropout as a module. On the CPU the mask comes from a counter-based hash of one seed drawn from the default generator:
/// it is made in parallel, is the same whatever the thread count, and is recomputed in the backward pass instead of being
/// stored. Elsewhere, and with TorchSharp, this is the library's own dropout.
/// </summary>
public sealed class FastDropout : nn.Module<Tensor, Tensor>
{
    /// <param name="p">The probability of dropping an element: 0 to 1.</param>
    public FastDropout(double p = 0.1) : base(nameof(FastDropout))
    {
        if (p is < 0 or > 1) throw new ArgumentOutOfRangeException(nameof(p), p, "a dropout probability is from 0 to 1");
        this.p = p;
    }

    /// <summary>The probability of dropping an element.</summary>
    public double p { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Extras.dropout(input, p, training);
}

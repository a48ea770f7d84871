using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>
/// <see cref="Extras.dropout"/> as a module.
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

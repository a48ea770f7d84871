using TorchSharp.Modules;

namespace Hyena;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// A filter as long as the sequence, made by a small network with sine activations from positions, under a window that fades
/// exponentially, at another rate in each channel (Poli et al. 2023, section 3.3: "implicit" filters).
/// </summary>
/// <remarks>Axes: D channels, T tokens, P features of a position.</remarks>
internal sealed class LongFilter : Module<long, Tensor>
{
    // A filter fades to a hundredth at 0.3 to 1.5 times the longest sequence: the settings of the published code.
    private static readonly double fastest = Math.Log(100) / 0.3;
    private static readonly double slowest = Math.Log(100) / 1.5;

    private readonly HyenaOptions options;
    private readonly Linear first;
    private readonly Linear second;
    private readonly Linear last;

    public LongFilter(HyenaOptions options) : base("long-filter")
    {
        this.options = options;
        first = Linear(1 + 2 * options.Waves, options.FilterWidth);
        second = Linear(options.FilterWidth, options.FilterWidth);
        last = Linear(options.FilterWidth, options.Width, hasBias: false);
        RegisterComponents();
    }

    /// <summary>The first taps, "D T": the same ones whatever the length.</summary>
    public override Tensor forward(long length)
    {
        using var scope = NewDisposeScope();
        var device = first.weight!.device;
        var place_T1 = arange(length, ScalarType.Float32, device).unsqueeze(1) / options.MaxTokens;
        var angle_TW = place_T1 * arange(1, options.Waves + 1, ScalarType.Float32, device) * (2 * Math.PI);
        var features_TP = cat([place_T1, angle_TW.cos(), angle_TW.sin()], 1);
        var inner = (first.call(features_TP) * options.SineFrequency).sin();
        inner = (second.call(inner) * options.SineFrequency).sin();
        var fading_D = linspace(slowest, fastest, options.Width, ScalarType.Float32, device);
        var taps_TD = last.call(inner).to_type(ScalarType.Float32) * (-place_T1 * fading_D).exp();
        return taps_TD.transpose(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The sum over earlier tokens by one filter and, where there is one, over later tokens by another, through Fourier transforms of twice
    /// the length, so that nothing wraps around.
    /// </summary>
    public static Tensor Convolve(Tensor values_BDT, Tensor ahead_DT, Tensor? behind_DT)
    {
        using var scope = NewDisposeScope();
        var length = values_BDT.shape[2];
        var filter = fft.rfft(ahead_DT, 2 * length);
        // The conjugate of a transform is that of the filter turned round.
        if (behind_DT is not null) filter = filter + fft.rfft(behind_DT, 2 * length).conj();
        return fft.irfft(fft.rfft(values_BDT, 2 * length) * filter, 2 * length).narrow(2, 0, length).MoveToOuterDisposeScope();
    }
}

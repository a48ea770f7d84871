namespace PluginHost.Plugins.ConvEncoder;

using static TorchSharp.torch;

/// <summary>Sines and cosines of a token's place (Vaswani et al. 2017, 3.5), with wavelengths from 4 to 4,096 tokens.</summary>
internal static class Sinusoids
{
    /// <summary>Values a place.</summary>
    public const int Width = 42;

    private const int Waves = Width / 2;

    /// <summary>Of the first places: "T W".</summary>
    public static Tensor Of(long length, Device device)
    {
        using var scope = NewDisposeScope();
        var places_T1 = arange(length, dtype: ScalarType.Float32, device: device).unsqueeze(1);
        var steps_W = arange(Waves, dtype: ScalarType.Float32, device: device) / 2;
        var angles_TW = places_T1 * (2 * Math.PI / 4) * exp2(-steps_W).unsqueeze(0);
        return cat([angles_TW.sin(), angles_TW.cos()], 1).MoveToOuterDisposeScope();
    }
}

using PluginHost.Libs.Blocks.Positions;

namespace PluginHost.Libs.Blocks;

using TorchSharp.Modules;
using static TorchSharp.torch;

/// <summary>Departures from BERT's initial weights that let small models leave the start sooner.</summary>
/// <remarks>
/// At width 128, weights of N(0, 0.02) leave attention almost uniform: a masked LM over overlapping k-mers then stays for
/// long at the loss of a model that cannot tell positions apart. Weights of N(0, 1/sqrt(D)) on a sinusoidal start of the
/// position table do not.
/// </remarks>
public static class InitialWeights
{
    /// <summary>Applies what the options ask for to weights fresh from N(0, 0.02).</summary>
    public static void Start(nn.Module module, Embeddings embeddings, EncoderOptions options)
    {
        if (options.InitializerRange != Layers.InitializerRange) Rescale(module, options.InitializerRange);
        if (options.PositionStart == PositionStart.Sinusoidal && embeddings.Positions is { } table)
            Sinusoids(table, options.PositionWavelength, options.InitializerRange);
    }

    /// <summary>Rescales matrices drawn from N(0, 0.02) to another deviation; biases and norms keep theirs.</summary>
    public static void Rescale(nn.Module module, double deviation)
    {
        using var _ = no_grad();
        foreach (var parameter in module.parameters())
            if (parameter.dim() == 2) parameter.mul_(deviation / Layers.InitializerRange);
    }

    /// <summary>
    /// Fills a learned position table "T D" with sinusoids (Vaswani et al. 2017, 3.5) of a given root mean square; training goes on from
    /// there.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="wavelength">
    /// Base of the geometric series of wavelengths; 10,000 in the paper, less resolves near positions better.
    /// </param>
    /// <param name="deviation">Root mean square of the values.</param>
    public static void Sinusoids(Parameter table, double wavelength, double deviation)
    {
        var (rows, width) = ((int)table.shape[0], (int)table.shape[1]);
        var values = new float[rows * width];
        for (var t = 0; t < rows; t++)
            for (var d = 0; d < width; d++)
            {
                var angle = t * Math.Pow(wavelength, -(d - d % 2) / (double)width);
                values[t * width + d] = (float)(Math.Sqrt(2) * deviation * (d % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle)));
            }
        using var _ = no_grad();
        using var start = tensor(values, [rows, width]);
        table.copy_(start);
    }
}

using static TorchSharp.torch;

namespace PluginHost.Plugins.Muon;

/// <summary>Makes a matrix nearly orthogonal by products alone (Jordan et al. 2024).</summary>
internal static class NewtonSchulz
{
    // A quintic that pulls singular values in (0, 1] to between 0.7 and 1.2 in a few steps; it does not converge to 1, and need not.
    private const float A = 3.4445f, B = -4.7750f, C = 2.0315f;

    // Keeps a matrix of zeros one.
    private const double Tiny = 1e-7;

    /// <summary>U V' for U S V', nearly: the same singular vectors, with singular values near 1.</summary>
    /// <param name="matrix">[rows, columns], float32.</param>
    /// <param name="steps">How often the polynomial is applied.</param>
    public static Tensor Of(Tensor matrix, int steps)
    {
        // The smaller of the two products with the transpose.
        var tall = matrix.shape[0] > matrix.shape[1];
        var x = tall ? matrix.t() : matrix;
        x = x / (x.norm() + Tiny);
        for (var i = 0; i < steps; i++)
        {
            var square = x.mm(x.t());
            var polynomial = square.addmm(square, square, B, C);
            x = x.addmm(polynomial, x, A, 1);
        }
        return tall ? x.t() : x;
    }
}

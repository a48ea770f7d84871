namespace PluginHost.Plugins.Interpret.Embeddings;

using static TorchSharp.torch;

/// <summary>Vectors along the directions in which they differ most.</summary>
/// <param name="Coordinates">Axes sequence, component.</param>
/// <param name="Shares">Of all variance, by component.</param>
internal sealed record PrincipalComponents(double[][] Coordinates, double[] Shares)
{
    /// <summary>Computes them, of the covariance, in double precision. Each component's largest loading is positive.</summary>
    /// <param name="vectors_ND">At least two.</param>
    /// <param name="most">Components; fewer where vectors have fewer numbers.</param>
    public static PrincipalComponents Of(float[][] vectors_ND, int most)
    {
        using var scope = NewDisposeScope();
        var (rows, width) = (vectors_ND.Length, vectors_ND[0].Length);
        var centred_ND = Matrix(vectors_ND);
        centred_ND = centred_ND - centred_ND.mean([0L], keepdim: true);
        var (values_D, directions_DD) = linalg.eigh(centred_ND.t().matmul(centred_ND) / (rows - 1));
        var count = Math.Min(most, width);
        var chosen_DK = directions_DD.narrow(1, width - count, count).flip([1L]);
        var largest_1K = chosen_DK.abs().argmax(0, true);
        chosen_DK = chosen_DK * chosen_DK.gather(0, largest_1K).sign();
        var flat = centred_ND.matmul(chosen_DK).contiguous().data<double>().ToArray();
        var variances = values_D.data<double>().ToArray();
        var all = variances.Sum(v => Math.Max(0, v));
        return new([.. Enumerable.Range(0, rows).Select(n => flat[(n * count)..((n + 1) * count)])],
            [.. Enumerable.Range(0, count).Select(k => all > 0 ? Math.Max(0, variances[width - 1 - k]) / all : 0)]);
    }

    /// <summary>Vectors as a matrix in double precision, in the current dispose scope.</summary>
    public static Tensor Matrix(float[][] vectors_ND) =>
        tensor(vectors_ND.SelectMany(v => v).ToArray(), [vectors_ND.Length, vectors_ND[0].Length]).to_type(ScalarType.Float64);
}

using MathNet.Numerics.LinearAlgebra;

namespace PluginHost.Libs.Statistics;

/// <summary>
/// The largest eigenvalues of a symmetric matrix with their vectors, by Lanczos' method (1950) with every vector kept orthogonal to all
/// before it: a few hundred products with the matrix in place of its whole decomposition.
/// </summary>
/// <param name="Values">Descending.</param>
/// <param name="Vectors">Of length 1; axes value, row.</param>
public sealed record LargestEigenvalues(double[] Values, double[][] Vectors)
{
    private const double Tolerance = 1e-9;
    private const int CheckEvery = 20;

    /// <summary>Finds them.</summary>
    /// <param name="matrix">Row after row.</param>
    /// <param name="size">Of a row.</param>
    /// <param name="count">How many; at most <paramref name="size"/>.</param>
    public static LargestEigenvalues Of(double[] matrix, int size, int count)
    {
        List<double[]> basis = [Start(size)];
        var (diagonal, beside) = (new List<double>(), new List<double>());
        while (true)
        {
            var next = Product(matrix, size, basis[^1]);
            diagonal.Add(Dot(next, basis[^1]));
            // Twice is enough (Kahan and Parlett).
            for (var pass = 0; pass < 2; pass++) foreach (var vector in basis) Subtract(next, vector, Dot(next, vector));
            var length = Math.Sqrt(Dot(next, next));
            var isWhole = basis.Count == size || length <= 1e-13 * diagonal.Max(Math.Abs);
            if (isWhole || (basis.Count >= count + 2 && basis.Count % CheckEvery == 0))
            {
                var (values, vectors) = Tridiagonal(diagonal, beside);
                var found = Math.Min(count, basis.Count);
                // The residual of a pair is the last entry of its vector times what is left over.
                if (isWhole || Enumerable.Range(0, found).All(k => length * Math.Abs(vectors[k][^1]) <= Tolerance * Math.Abs(values[0])))
                    return new(values[..found], [.. vectors.Take(found).Select(v => Combine(basis, v, size))]);
            }
            beside.Add(length);
            for (var i = 0; i < size; i++) next[i] /= length;
            basis.Add(next);
        }
    }

    /// <summary>A start that no eigenvector is likely to be orthogonal to, and that is always the same.</summary>
    private static double[] Start(int size)
    {
        double[] start = [.. Enumerable.Range(1, size).Select(i => 1 + i * 0.6180339887498949 % 1)];
        var length = Math.Sqrt(Dot(start, start));
        return [.. start.Select(v => v / length)];
    }

    private static (double[] Values, double[][] Vectors) Tridiagonal(List<double> diagonal, List<double> beside)
    {
        var matrix = Matrix<double>.Build.Dense(diagonal.Count, diagonal.Count, (i, j) =>
            i == j ? diagonal[i] : Math.Abs(i - j) == 1 ? beside[Math.Min(i, j)] : 0);
        var found = matrix.Evd(Symmetricity.Symmetric);
        var last = diagonal.Count - 1;
        return ([.. Enumerable.Range(0, last + 1).Select(k => found.EigenValues[last - k].Real)],
            [.. Enumerable.Range(0, last + 1).Select(k => found.EigenVectors.Column(last - k).ToArray())]);
    }

    private static double[] Combine(List<double[]> basis, double[] shares, int size)
    {
        var sum = new double[size];
        for (var b = 0; b < shares.Length; b++) Subtract(sum, basis[b], -shares[b]);
        return sum;
    }

    private static double[] Product(double[] matrix, int size, double[] vector)
    {
        var product = new double[size];
        Parallel.For(0, (size + 63) / 64, block =>
        {
            for (var row = block * 64; row < Math.Min(size, (block + 1) * 64); row++)
                product[row] = Dot(matrix.AsSpan(row * size, size), vector);
        });
        return product;
    }

    private static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (sums, i, width) = (System.Numerics.Vector<double>.Zero, 0, System.Numerics.Vector<double>.Count);
        for (; i + width <= first.Length; i += width)
            sums += new System.Numerics.Vector<double>(first[i..]) * new System.Numerics.Vector<double>(second[i..]);
        var sum = System.Numerics.Vector.Sum(sums);
        for (; i < first.Length; i++) sum += first[i] * second[i];
        return sum;
    }

    private static void Subtract(Span<double> from, ReadOnlySpan<double> vector, double times)
    {
        for (var i = 0; i < from.Length; i++) from[i] -= times * vector[i];
    }
}

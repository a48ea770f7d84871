namespace PluginHost.Libs.Supervised;

using static TorchSharp.torch;

/// <summary>
/// Ridge regression (Hoerl and Kennard 1970) of one or several outputs on standardised features, in closed form. The penalty is the one
/// that
/// predicts every fifth row best when fitted to the others. Deterministic; a missing target counts as its column's mean.
/// </summary>
public sealed class RidgeRegression
{
    private const int RowsAtOnce = 1024;

    // Shares of the rows: with standardised features the diagonal of the Gram matrix is the number of rows.
    private static readonly double[] strengths = [0.001, 0.01, 0.1, 1, 10];

    private readonly double[,] weights;
    private readonly double[] intercepts;

    private RidgeRegression(double[,] weights, double[] intercepts) => (this.weights, this.intercepts) = (weights, intercepts);

    /// <summary>Fits, choosing the penalty.</summary>
    /// <param name="rows">Sparse features of each row.</param>
    /// <param name="targets">Axes: rows, outputs; NaN where missing.</param>
    /// <param name="features">Number of features.</param>
    public static RidgeRegression Fit(IReadOnlyList<(int[] Index, float[] Value)> rows, float[,] targets, int features) =>
        Fit(rows, targets, features, null);

    /// <summary>Fits with a given penalty.</summary>
    /// <param name="rows">Sparse features of each row.</param>
    /// <param name="targets">Axes: rows, outputs; NaN where missing.</param>
    /// <param name="features">Number of features.</param>
    /// <param name="penalty">
    /// Factor of the squared weights of standardised features, summed squared errors standing beside it; null to choose.
    /// </param>
    public static RidgeRegression Fit(IReadOnlyList<(int[] Index, float[] Value)> rows, float[,] targets, int features, double? penalty)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var outputs = targets.GetLength(1);
        var (means, scales) = FeatureMoments(rows, features);
        var centres = Centres(targets);
        var others = Sums.Of(rows, targets, means, scales, centres, i => i % 5 != 4);
        var held = Sums.Of(rows, targets, means, scales, centres, i => i % 5 == 4);
        var lambda = penalty ?? strengths.MinBy(s => held.Error(others.Solve(s * others.Rows))) * rows.Count;
        var solved = others.Plus(held).Solve(lambda).data<double>().ToArray();
        var weights = new double[features, outputs];
        var intercepts = (double[])centres.Clone();
        for (var f = 0; f < features; f++)
            for (var c = 0; c < outputs; c++)
            {
                weights[f, c] = solved[f * outputs + c] / scales[f];
                intercepts[c] -= means[f] * weights[f, c];
            }
        return new(weights, intercepts);
    }

    /// <summary>The outputs of a row.</summary>
    public float[] Predict((int[] Index, float[] Value) row)
    {
        var result = (double[])intercepts.Clone();
        for (var j = 0; j < row.Index.Length; j++)
            for (var c = 0; c < result.Length; c++) result[c] += row.Value[j] * weights[row.Index[j], c];
        return [.. result.Select(v => (float)v)];
    }

    private static (double[] Means, double[] Scales) FeatureMoments(IReadOnlyList<(int[] Index, float[] Value)> rows, int features)
    {
        var (sums, squares) = (new double[features], new double[features]);
        foreach (var (index, value) in rows)
            for (var j = 0; j < index.Length; j++)
            {
                sums[index[j]] += value[j];
                squares[index[j]] += (double)value[j] * value[j];
            }
        var means = sums.Select(s => s / rows.Count).ToArray();
        return (means,
            [.. squares.Select((s, f) => s / rows.Count - means[f] * means[f] is var variance and > 1e-12 ? Math.Sqrt(variance) : 1)]);
    }

    private static double[] Centres(float[,] targets)
    {
        var moments = new Moments(targets.GetLength(1));
        var row = new float[targets.GetLength(1)];
        for (var n = 0; n < targets.GetLength(0); n++)
        {
            for (var c = 0; c < row.Length; c++) row[c] = targets[n, c];
            moments.Add(row);
        }
        return moments.Means();
    }

    /// <summary>What least squares need of a part of the rows. Axes: F features, C outputs.</summary>
    private sealed record Sums(Tensor Gram_FF, Tensor Cross_FC, double Squares, long Rows)
    {
        public static Sums Of(
            IReadOnlyList<(int[] Index, float[] Value)> rows, float[,] targets, double[] means, double[] scales, double[] centres, Func<int,
                bool> takes)
        {
            var (features, outputs) = (means.Length, centres.Length);
            var (gram, cross) = (zeros([features, features], ScalarType.Float64), zeros([features, outputs], ScalarType.Float64));
            var squares = 0.0;
            var chosen = Enumerable.Range(0, rows.Count).Where(takes).ToArray();
            foreach (var chunk in chosen.Chunk(RowsAtOnce))
            {
                using var scope = NewDisposeScope();
                var (x, y) = (new double[chunk.Length * features], new double[chunk.Length * outputs]);
                for (var n = 0; n < chunk.Length; n++)
                {
                    for (var f = 0; f < features; f++) x[n * features + f] = -means[f] / scales[f];
                    var (index, value) = rows[chunk[n]];
                    for (var j = 0; j < index.Length; j++) x[n * features + index[j]] += value[j] / scales[index[j]];
                    for (var c = 0; c < outputs; c++)
                    {
                        var centred = float.IsNaN(targets[chunk[n], c]) ? 0 : targets[chunk[n], c] - centres[c];
                        y[n * outputs + c] = centred;
                        squares += centred * centred;
                    }
                }
                var x_FN = tensor(x, [chunk.Length, features]).t();
                gram.add_(x_FN.mm(x_FN.t()));
                cross.add_(x_FN.mm(tensor(y, [chunk.Length, outputs])));
            }
            return new(gram, cross, squares, chosen.Length);
        }

        public Sums Plus(Sums other) => new(Gram_FF + other.Gram_FF, Cross_FC + other.Cross_FC, Squares + other.Squares, Rows + other.Rows);

        /// <summary>Weights "F C" at the minimum.</summary>
        public Tensor Solve(double penalty)
        {
            using var scope = NewDisposeScope();
            var ridge_FF = Gram_FF + eye(Gram_FF.shape[0], dtype: ScalarType.Float64) * penalty;
            return ridge_FF.inverse().mm(Cross_FC).contiguous().MoveToOuterDisposeScope();
        }

        /// <summary>Squared error of weights "F C" on these rows, without going over them again.</summary>
        public double Error(Tensor weights_FC)
        {
            using var scope = NewDisposeScope();
            return Squares - 2 * (weights_FC * Cross_FC).sum().item<double>() + (weights_FC * Gram_FF.mm(weights_FC)).sum().item<double>();
        }
    }
}

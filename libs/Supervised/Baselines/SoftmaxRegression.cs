namespace PluginHost.Libs.Supervised;

/// <summary>
/// Multinomial logistic regression on sparse rows: cross-entropy summed over rows plus l2 / 2 times the squared weights (intercepts free),
/// minimised by L-BFGS. Deterministic.
/// </summary>
public sealed class SoftmaxRegression
{
    private readonly double[] weights;   // (features + 1) x classes; the last row holds the intercepts
    private readonly int features;
    private readonly int classes;

    private SoftmaxRegression(double[] weights, int features, int classes) =>
        (this.weights, this.features, this.classes) = (weights, features, classes);

    /// <param name="rows">Sparse features of each row.</param>
    /// <param name="labels">Class of each row.</param>
    /// <param name="features">Number of features.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="l2">Strength of the penalty.</param>
    public static SoftmaxRegression Fit((int[] Index, float[] Value)[] rows, int[] labels, int features, int classes, double l2)
    {
        var weights = new double[(features + 1) * classes];
        var scores = new double[classes];
        Lbfgs.Minimize(weights, (w, gradient) =>
        {
            var loss = 0.0;
            for (var i = 0; i < features * classes; i++)
            {
                gradient[i] = l2 * w[i];
                loss += 0.5 * l2 * w[i] * w[i];
            }
            Array.Clear(gradient, features * classes, classes);
            for (var n = 0; n < rows.Length; n++)
            {
                var (index, value) = rows[n];
                Softmax(w, features, rows[n], scores);
                loss -= Math.Log(Math.Max(scores[labels[n]], 1e-300));
                scores[labels[n]] -= 1;
                for (var c = 0; c < classes; c++) gradient[features * classes + c] += scores[c];
                for (var j = 0; j < index.Length; j++)
                    for (var c = 0; c < classes; c++) gradient[index[j] * classes + c] += value[j] * scores[c];
            }
            return loss;
        });
        return new(weights, features, classes);
    }

    /// <summary>Class probabilities of a row.</summary>
    public double[] Predict((int[] Index, float[] Value) row)
    {
        var scores = new double[classes];
        Softmax(weights, features, row, scores);
        return scores;
    }

    /// <summary>Cross-entropy summed over rows.</summary>
    public double Loss(IEnumerable<((int[] Index, float[] Value) Row, int Label)> rows) =>
        rows.Sum(r => -Math.Log(Math.Max(Predict(r.Row)[r.Label], 1e-300)));

    private static void Softmax(double[] weights, int features, (int[] Index, float[] Value) row, double[] scores)
    {
        var classes = scores.Length;
        Array.Copy(weights, features * classes, scores, 0, classes);
        for (var j = 0; j < row.Index.Length; j++)
            for (var c = 0; c < classes; c++) scores[c] += row.Value[j] * weights[row.Index[j] * classes + c];
        var largest = scores.Max();
        var total = 0.0;
        for (var c = 0; c < classes; c++) total += scores[c] = Math.Exp(scores[c] - largest);
        for (var c = 0; c < classes; c++) scores[c] /= total;
    }
}

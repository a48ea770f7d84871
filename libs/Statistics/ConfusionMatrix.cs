namespace PluginHost.Libs.Statistics;

/// <summary>
/// Counts items by true and predicted class. Only pairs that occur take memory, so a vocabulary of classes is no trouble.
/// </summary>
public sealed class ConfusionMatrix
{
    private readonly Dictionary<(int Truth, int Predicted), long> cells = [];
    private readonly List<long> truths = [];
    private readonly List<long> predictions = [];

    /// <summary>One more than the highest class seen.</summary>
    public int Classes => truths.Count;

    /// <summary>Items counted.</summary>
    public long Total { get; private set; }

    /// <summary>Items whose prediction is right.</summary>
    public long Correct { get; private set; }

    /// <summary>Items of one true class that were predicted as another.</summary>
    public long this[int truth, int predicted] => cells.GetValueOrDefault((truth, predicted));

    /// <summary>Counts one item.</summary>
    /// <param name="truth">True class, from 0.</param>
    /// <param name="predicted">Predicted class, from 0.</param>
    public void Add(int truth, int predicted)
    {
        while (truths.Count <= Math.Max(truth, predicted))
        {
            truths.Add(0);
            predictions.Add(0);
        }
        truths[truth]++;
        predictions[predicted]++;
        cells[(truth, predicted)] = this[truth, predicted] + 1;
        Total++;
        if (truth == predicted) Correct++;
    }

    /// <summary>Items that truly are of a class.</summary>
    public long Truly(int c) => c < Classes ? truths[c] : 0;

    /// <summary>Items predicted to be of a class.</summary>
    public long Predicted(int c) => c < Classes ? predictions[c] : 0;

    /// <summary>The classes that occur, truly or as predictions: what macro averages go over, as in scikit-learn.</summary>
    public IEnumerable<int> Occurring => Enumerable.Range(0, Classes).Where(c => truths[c] + predictions[c] > 0);

    /// <summary>Share of a class's predictions that are right; 0 when it was never predicted.</summary>
    public double Precision(int c) => Ratio(this[c, c], Predicted(c));

    /// <summary>Share of a class's items that were found; 0 when it has none.</summary>
    public double Recall(int c) => Ratio(this[c, c], Truly(c));

    /// <summary>Harmonic mean of precision and recall; 0 when both are.</summary>
    public double F1(int c) => Ratio(2 * this[c, c], Truly(c) + Predicted(c));

    /// <summary>Share of items whose prediction is right; NaN when nothing was counted.</summary>
    public double Accuracy => Total == 0 ? double.NaN : (double)Correct / Total;

    /// <summary>
    /// Matthews correlation for any number of classes (Gorodkin 2004, R_K); 0 when truth or prediction is constant; NaN when nothing was
    /// counted.
    /// </summary>
    public double Matthews
    {
        get
        {
            if (Total == 0) return double.NaN;
            // In whole numbers up to the root: no cancellation.
            Int128 both = 0, squaredTruths = 0, squaredPredictions = 0;
            for (var c = 0; c < Classes; c++)
            {
                both += (Int128)truths[c] * predictions[c];
                squaredTruths += (Int128)truths[c] * truths[c];
                squaredPredictions += (Int128)predictions[c] * predictions[c];
            }
            var squared = (Int128)Total * Total;
            var scale = Math.Sqrt((double)(squared - squaredPredictions)) * Math.Sqrt((double)(squared - squaredTruths));
            return scale == 0 ? 0 : (double)((Int128)Correct * Total - both) / scale;
        }
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}

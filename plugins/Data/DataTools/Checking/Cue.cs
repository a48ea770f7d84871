namespace PluginHost.Plugins.DataTools.Checking;

/// <summary>Something simple about a sequence that may give its label away: its length, its N, its GC content.</summary>
/// <remarks>
/// Its values are put into at most twenty bins of about as many rows. The rule "guess the label most typical of the bin" is learnt on one
/// half of the rows, drawn by their numbers, and scored on the other, and the other way round, so chance stays chance however many bins
/// there are.
/// </remarks>
internal sealed class Cue
{
    private const int MostBins = 20;
    private readonly SortedDictionary<int, long[]> counts = [];

    /// <summary>Counts a row.</summary>
    /// <param name="value">The row's value.</param>
    /// <param name="label">0 to 63.</param>
    /// <param name="half">0 or 1: which half of the rows this one belongs to.</param>
    public void Add(int value, int label, int half)
    {
        if (!counts.TryGetValue(value, out var cell)) counts[value] = cell = new long[128];
        cell[2 * label + half]++;
    }

    /// <summary>Mean recall over labels when the label is guessed from this alone: 1 / labels is chance, 1 gives everything away.</summary>
    /// <param name="labels">How many labels there are.</param>
    public double BalancedAccuracy(int labels)
    {
        var bins = Bins(labels);
        var totals = new long[2 * labels];
        foreach (var bin in bins)
            for (var i = 0; i < totals.Length; i++) totals[i] += bin[i];
        var (sum, seen) = (0.0, 0);
        for (var half = 0; half < 2; half++)
        {
            var right = new double[labels];
            foreach (var bin in bins)
            {
                var guess = 0;
                for (var label = 1; label < labels; label++)
                    if (Typical(bin, totals, label, 1 - half) > Typical(bin, totals, guess, 1 - half)) guess = label;
                right[guess] += bin[2 * guess + half];
            }
            for (var label = 0; label < labels; label++)
            {
                if (totals[2 * label + half] == 0) continue;
                sum += right[label] / totals[2 * label + half];
                seen++;
            }
        }
        return seen == 0 ? double.NaN : sum / seen;
    }

    private static double Typical(long[] bin, long[] totals, int label, int half) =>
        totals[2 * label + half] == 0 ? 0 : (double)bin[2 * label + half] / totals[2 * label + half];

    private List<long[]> Bins(int labels)
    {
        var rows = counts.Values.Sum(c => c.Sum());
        var bins = new List<long[]>();
        var filled = 0L;
        foreach (var cell in counts.Values)
        {
            if (bins.Count == 0 || filled * MostBins >= rows)
            {
                bins.Add(new long[2 * labels]);
                filled = 0;
            }
            for (var i = 0; i < 2 * labels; i++) bins[^1][i] += cell[i];
            filled += cell.Sum();
        }
        return bins;
    }
}

using PluginHost.Libs.Genomics.Tracks;
using PluginHost.Libs.Statistics;

namespace PluginHost.Plugins.Scan.Truth;

/// <summary>How well a scan finds true places: by its peaks, and window by window.</summary>
/// <remarks>
/// A peak is right whose summit is within the tolerance of a true place, and a place is found that a right peak is near. A window is
/// positive where it covers half of the stretch around a true place (the tolerance on either side) or, where it is shorter, lies in it by
/// half: DNABERT's prom-scan (section 3.1). Where windows count for their middles alone, those are meant. Five bytes a window are kept.
/// </remarks>
/// <param name="places">The truth.</param>
/// <param name="tolerance">In bases.</param>
/// <param name="threshold">A window is called from here on.</param>
internal sealed class TruthFigures(TruthPlaces places, long tolerance, double threshold)
{
    private readonly HashSet<(string, int)> found = [];
    private readonly List<float> scores = [];
    private readonly List<bool> truths = [];
    private readonly ConfusionMatrix confusion = new();
    private long peaks, right;

    /// <summary>The truth.</summary>
    public TruthPlaces Places => places;

    /// <summary>Takes a peak.</summary>
    public void Add(Peak peak)
    {
        peaks++;
        var isRight = false;
        foreach (var (number, _, _) in places.Near(peak.Chromosome, peak.Summit - tolerance, peak.Summit + tolerance + 1))
        {
            isRight = true;
            found.Add((peak.Chromosome, number));
        }
        if (isRight) right++;
    }

    /// <summary>Takes a window.</summary>
    public void Add(string chromosome, long start, long end, float score)
    {
        if (float.IsNaN(score)) return;
        var positive = places.Near(chromosome, start - tolerance, end + tolerance).Any(place =>
        {
            var (from, to) = (place.Start - tolerance, place.End + tolerance);
            return 2 * (Math.Min(to, end) - Math.Max(from, start)) >= Math.Min(to - from, end - start);
        });
        scores.Add(score);
        truths.Add(positive);
        confusion.Add(positive ? 1 : 0, score >= threshold ? 1 : 0);
    }

    /// <summary>Windows that are positive.</summary>
    public long Positive => confusion.Truly(1);

    /// <summary>The figures of both, by name.</summary>
    public IReadOnlyList<(string Name, double Value)> Windows =>
    [
        ("precision", confusion.Precision(1)), ("recall", confusion.Recall(1)), ("f1", confusion.F1(1)), ("mcc", confusion.Matthews),
        ("auroc", Ranking.AreaUnderRoc([.. scores], [.. truths])), ("auprc", Ranking.AveragePrecision([.. scores], [.. truths])),
    ];

    /// <inheritdoc cref="Windows"/>
    public IReadOnlyList<(string Name, double Value)> Peaks
    {
        get
        {
            var (precision, recall) = (peaks == 0 ? 0 : (double)right / peaks, (double)found.Count / places.Count);
            return [("precision", precision), ("recall", recall),
                ("f1", precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall))];
        }
    }

    /// <summary>Recall and precision of windows by threshold, at most so many points.</summary>
    public IReadOnlyList<(double Recall, double Precision)> Curve(int points = 200)
    {
        var (sorted, positive) = (scores.ToArray(), truths.ToArray());
        Array.Sort(sorted, positive);
        var all = positive.Count(true);
        var curve = new List<(double, double)>();
        if (all == 0) return curve;
        var step = Math.Max(1, sorted.Length / points);
        var hits = 0;
        for (var (i, next) = (sorted.Length - 1, 1); i >= 0; i--)
        {
            if (positive[i]) hits++;
            var taken = sorted.Length - i;
            // Ties are called together.
            if (taken < next || (i > 0 && sorted[i - 1] == sorted[i])) continue;
            curve.Add(((double)hits / all, (double)hits / taken));
            next = taken < points ? taken + 1 : taken + step;
        }
        return curve;
    }
}

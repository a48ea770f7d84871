namespace PluginHost.Libs.Motifs;

/// <summary>Finds the stretches of a sequence that stand out.</summary>
public static class Regions
{
    /// <summary>
    /// Runs of bases whose score lies above the sequence's mean, and above ten times its least where that is positive (DNABERT 3.3 as
    /// released, for attention), or above the mean by so many standard deviations.
    /// </summary>
    /// <param name="scores">A score for each base; what is not finite belongs to no region.</param>
    /// <param name="deviations">Null for DNABERT's rule.</param>
    /// <param name="shortest">Fewest bases of a region.</param>
    /// <returns>0-based, half-open, in order.</returns>
    public static IReadOnlyList<(int Start, int End)> Find(ReadOnlySpan<double> scores, double? deviations, int shortest)
    {
        var (sum, squares, count, least) = (0.0, 0.0, 0, double.PositiveInfinity);
        foreach (var score in scores)
        {
            if (!double.IsFinite(score)) continue;
            (sum, squares, count, least) = (sum + score, squares + score * score, count + 1, Math.Min(least, score));
        }
        if (count == 0) return [];
        var mean = sum / count;
        var threshold = deviations is { } far ? mean + far * Math.Sqrt(Math.Max(0, squares / count - mean * mean))
            : least > 0 ? Math.Max(mean, 10 * least) : mean;
        List<(int, int)> regions = [];
        var start = -1;
        for (var i = 0; i <= scores.Length; i++)
        {
            var isIn = i < scores.Length && scores[i] > threshold;
            if (isIn && start < 0) start = i;
            if (isIn || start < 0) continue;
            if (i - start >= shortest) regions.Add((start, i));
            start = -1;
        }
        return regions;
    }
}

using PluginHost.Libs.Statistics;

namespace PluginHost.Libs.Motifs;

/// <summary>How alike two columns of matrices are.</summary>
public enum ColumnScore
{
    /// <summary>Pearson's correlation of the four shares.</summary>
    Pearson,

    /// <summary>The negative Euclidean distance of the four shares.</summary>
    Euclidean,
}

/// <summary>How well a motif fits one of a collection.</summary>
/// <param name="Target">The motif of the collection.</param>
/// <param name="IsReverse">Whether its reverse complement fits.</param>
/// <param name="Offset">Where it begins, counted from the query's first position.</param>
/// <param name="Overlap">Positions that lie over each other.</param>
/// <param name="P">How likely a chance motif of the collection fits as well, over all offsets and both strands.</param>
/// <param name="Q">The same, corrected for the collection's motifs (Benjamini and Hochberg).</param>
public sealed record MotifMatch(Motif Target, bool IsReverse, int Offset, int Overlap, double P, double Q);

/// <summary>
/// Compares a motif with a collection, after Tomtom (Gupta et al., Genome Biology 8 (2007) R24): the sum of column scores at every offset
/// on both strands, and its p-value from the distribution of scores that the query's columns have against all columns of the collection.
/// Thread-safe.
/// </summary>
public sealed class MotifComparison
{
    private const int Steps = 100;

    private readonly IReadOnlyList<Motif> targets;
    private readonly ColumnScore score;
    private readonly List<double[]> columns = [];
    // Where the columns of a motif begin: the forward strand's, and behind them the reverse one's.
    private readonly int[] starts;

    /// <summary>Takes in the collection.</summary>
    /// <param name="targets">At least one.</param>
    /// <param name="score">How columns are compared.</param>
    public MotifComparison(IReadOnlyList<Motif> targets, ColumnScore score)
    {
        (this.targets, this.score, starts) = (targets, score, new int[targets.Count]);
        for (var t = 0; t < targets.Count; t++)
        {
            starts[t] = columns.Count;
            foreach (var strand in (Motif[])[targets[t], targets[t].ReverseComplement()])
                for (var w = 0; w < strand.Width; w++) columns.Add(Column(strand, w));
        }
    }

    /// <summary>Columns the null distribution is made of, both strands; p-values of few are coarse.</summary>
    public int Columns => columns.Count;

    /// <summary>The best fit of each motif of the collection, the best first.</summary>
    /// <param name="query">The motif.</param>
    /// <param name="overlap">Fewest positions over each other; no more than the shorter motif has.</param>
    public IReadOnlyList<MotifMatch> Match(Motif query, int overlap = 5)
    {
        // Scores as whole steps, so that the distribution of a sum is a sum of few numbers.
        var raw = Enumerable.Range(0, query.Width).Select(w => Scores(Column(query, w))).ToList();
        var (low, high) = (raw.Min(r => r.Min()), raw.Max(r => r.Max()));
        var unit = high > low ? (high - low) / Steps : 1;
        var steps = raw.ConvertAll(r => Array.ConvertAll(r, value => (int)Math.Round((value - low) / unit)));
        var tails = new Dictionary<(int From, int To), double[]>();
        double[] Tail(int from, int to)
        {
            if (tails.TryGetValue((from, to), out var known)) return known;
            double[] sums = [1];
            for (var w = from; w < to; w++) sums = Convolve(sums, Histogram(steps[w]));
            for (var i = sums.Length - 2; i >= 0; i--) sums[i] += sums[i + 1];
            return tails[(from, to)] = sums;
        }

        var matches = targets.Select((target, t) =>
            Best(query.Width, target, starts[t], Math.Min(overlap, Math.Min(query.Width, target.Width)), steps, Tail)).ToList();
        var q = BenjaminiHochberg.Adjust([.. matches.Select(m => m.P)]);
        return [.. matches.Select((m, i) => m with { Q = q[i] }).OrderBy(m => m.P).ThenBy(m => m.Target.Id, StringComparer.Ordinal)];
    }

    private static MotifMatch Best(int width, Motif target, int start, int overlap, List<int[]> steps, Func<int, int, double[]> tail)
    {
        var (best, tried) = (new MotifMatch(target, false, 0, 0, double.PositiveInfinity, 1), 0);
        foreach (var isReverse in (bool[])[false, true])
        {
            var first = isReverse ? start + target.Width : start;
            for (var offset = overlap - target.Width; offset <= width - overlap; offset++)
            {
                var (from, to) = (Math.Max(0, offset), Math.Min(width, offset + target.Width));
                var sum = 0;
                for (var w = from; w < to; w++) sum += steps[w][first + w - offset];
                var p = sum < tail(from, to).Length ? tail(from, to)[sum] : 0;
                tried++;
                if (p < best.P) best = best with { IsReverse = isReverse, Offset = offset, Overlap = to - from, P = p };
            }
        }
        // The least of so many is small by chance too.
        return best with { P = -Expm1(tried * Log1p(-Math.Min(best.P, 1 - 1e-16))) };
    }

    private double[] Scores(double[] column)
    {
        var scores = new double[columns.Count];
        for (var c = 0; c < scores.Length; c++) scores[c] = Score(column, columns[c]);
        return scores;
    }

    private static double[] Histogram(int[] steps)
    {
        var shares = new double[Steps + 1];
        foreach (var step in steps) shares[step] += 1.0 / steps.Length;
        return shares;
    }

    private static double[] Convolve(double[] first, double[] second)
    {
        var result = new double[first.Length + second.Length - 1];
        for (var i = 0; i < first.Length; i++)
            for (var j = 0; j < second.Length; j++) result[i + j] += first[i] * second[j];
        return result;
    }

    private double Score(double[] first, double[] second)
    {
        var (a, b, ab, distance) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < 4; i++)
        {
            var (x, y) = (first[i] - 0.25, second[i] - 0.25);
            (a, b, ab, distance) = (a + x * x, b + y * y, ab + x * y, distance + (x - y) * (x - y));
        }
        if (score == ColumnScore.Euclidean) return -Math.Sqrt(distance);
        // A uniform column is like none.
        return a > 0 && b > 0 ? ab / Math.Sqrt(a * b) : 0;
    }

    private static double[] Column(Motif motif, int w) => [.. Enumerable.Range(0, 4).Select(a => motif.Frequencies_WA[w, a])];

    private static double Log1p(double x) => Math.Abs(x) > 1e-5 ? Math.Log(1 + x) : x - x * x / 2;

    private static double Expm1(double x) => Math.Abs(x) > 1e-5 ? Math.Exp(x) - 1 : x + x * x / 2;
}

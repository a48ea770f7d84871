namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>Distances of two vectors (Genomics-FM, A.3.15).</summary>
internal static class Distances
{
    /// <summary>Their columns, of vectors that are called something.</summary>
    public static IEnumerable<ScoreColumn> Columns(string prefix, string what) =>
    [
        new($"{prefix}_euclidean", $"square root of the sum of (alt - ref)^2 over {what}"),
        new($"{prefix}_manhattan", $"sum of |alt - ref| over {what}"),
        new($"{prefix}_cosine", $"1 - alt.ref / (|alt| |ref|) of {what}"),
        new($"{prefix}_dot", $"alt.ref of {what}: high where the two are alike"),
    ];

    /// <summary>In the order of the columns.</summary>
    public static double[] Of(float[] reference, float[] alternative)
    {
        var (squares, absolute, dot, one, other) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var d = 0; d < reference.Length; d++)
        {
            double r = reference[d], a = alternative[d];
            squares += (a - r) * (a - r);
            absolute += Math.Abs(a - r);
            dot += a * r;
            one += r * r;
            other += a * a;
        }
        return [Math.Sqrt(squares), absolute, 1 - dot / Math.Sqrt(one * other), dot];
    }
}

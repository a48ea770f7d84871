namespace PluginHost.Libs.Blocks.Positions;

/// <summary>What tells one ALiBi from another.</summary>
/// <param name="Heads">Attention heads H, at least 1; even under <see cref="AlibiView.Directed"/>.</param>
/// <param name="View">Which side heads look at.</param>
/// <param name="SteepestSlope">The first head's slope, from which slopes fall geometrically to 2^-8; null for the published slopes.</param>
public sealed record AlibiShape(int Heads, AlibiView View = AlibiView.Symmetric, double? SteepestSlope = null)
{
    private const double GentlestSlope = 1.0 / 256;

    /// <summary>The slope of each head.</summary>
    public double[] Slopes()
    {
        var different = View == AlibiView.Directed ? Heads / 2 : Heads;
        var slopes = SteepestSlope is { } steepest ? Between(steepest, different) : Alibi.Slopes(different);
        return View == AlibiView.Directed ? [.. slopes.SelectMany(slope => new[] { slope, slope })] : slopes;
    }

    private static double[] Between(double steepest, int count) =>
        [.. Enumerable.Range(0, count).Select(i => steepest * Math.Pow(GentlestSlope / steepest, count > 1 ? i / (count - 1.0) : 0))];
}

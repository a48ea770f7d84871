namespace PluginHost.Libs.Statistics;

/// <summary>What a position of aligned bases tells.</summary>
public static class InformationContent
{
    /// <summary>Bits beyond a uniform background, 0 to 2 (Schneider and Stephens, Nucleic Acids Research 18 (1990) 6097).</summary>
    /// <param name="frequencies">Of A, C, G and T; they sum to 1.</param>
    public static double Bits(ReadOnlySpan<double> frequencies)
    {
        var bits = 2.0;
        foreach (var f in frequencies) if (f > 0) bits += f * Math.Log2(f);
        return Math.Max(0, bits);
    }
}

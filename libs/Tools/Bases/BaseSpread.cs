namespace PluginHost.Libs.Tools.Bases;

/// <summary>Numbers of tokens as numbers of bases.</summary>
public static class BaseSpread
{
    /// <summary>
    /// Each base gets the mean over the tokens that cover it, so that overlapping k-mers count alike at both ends of a sequence (DNABERT's
    /// rule, section 3.3, without the zeros that its released code averages in); NaN where none does.
    /// </summary>
    /// <param name="spans">Axis T; tokens that stand for no base are passed over.</param>
    /// <param name="values">Axis T.</param>
    /// <param name="length">Bases of the sequence.</param>
    public static float[] Mean(IReadOnlyList<BaseSpan> spans, ReadOnlySpan<float> values, int length)
    {
        var (sums, counts) = (new double[length], new int[length]);
        for (var t = 0; t < spans.Count; t++)
            for (var i = spans[t].Start; i < spans[t].End; i++)
            {
                sums[i] += values[t];
                counts[i]++;
            }
        var means = new float[length];
        for (var i = 0; i < length; i++) means[i] = counts[i] == 0 ? float.NaN : (float)(sums[i] / counts[i]);
        return means;
    }
}

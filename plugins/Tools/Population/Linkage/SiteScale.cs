using PluginHost.Plugins.Population.Input;

namespace PluginHost.Plugins.Population.Linkage;

/// <summary>What of each SNP r2 needs: for r = (n n11 - c1 c2) s1 s2, with s = 1 / sqrt(c (n - c)).</summary>
/// <param name="set">Whose SNPs.</param>
internal sealed class SiteScale(HaplotypeSet set)
{
    private readonly double[] scales =
        [.. set.Ones.Select(c => c > 0 && c < set.Count ? 1 / Math.Sqrt((double)c * (set.Count - c)) : double.NaN)];

    /// <summary>The squared correlation of two SNPs over haplotypes; NaN where one has a single allele.</summary>
    /// <param name="i">The one.</param>
    /// <param name="j">The other.</param>
    /// <param name="both">Haplotypes with allele 1 at both.</param>
    public double R2(int i, int j, int both)
    {
        var r = ((double)set.Count * both - (double)set.Ones[i] * set.Ones[j]) * scales[i] * scales[j];
        return r * r;
    }
}

using PluginHost.Libs.Statistics;

namespace PluginHost.Plugins.Population.Linkage;

/// <summary>r2 of pairs of SNPs, summed over some of them.</summary>
/// <param name="sets">Artificial sets.</param>
/// <param name="near">Bins of distances in SNPs.</param>
/// <param name="far">Bins of distances in bases; 0 where they are not known.</param>
/// <param name="cells">Cells of a row of the map.</param>
internal sealed class LinkageSums(int sets, int near, int far, int cells)
{
    /// <summary>Real r2 against the set's, over pairs where both have both alleles.</summary>
    public PearsonSums[] Pairs { get; } = new PearsonSums[sets];

    /// <summary>Sums of r2 by distance in SNPs, of pairs with both alleles in all sets; axes set (the real one first), bin.</summary>
    public double[,] BySites { get; } = new double[sets + 1, near];

    /// <summary>Pairs of each bin.</summary>
    public long[] SitePairs { get; } = new long[near];

    /// <summary>The same by distance in bases.</summary>
    public double[,] ByBases { get; } = new double[sets + 1, far];

    /// <summary>Pairs of each bin.</summary>
    public long[] BasePairs { get; } = new long[far];

    /// <summary>Sums of r2 in a row of the map: axes set, cell.</summary>
    public double[,] Map { get; } = new double[sets + 1, cells];

    /// <summary>Pairs of each cell.</summary>
    public long[] MapPairs { get; } = new long[cells];

    /// <summary>Adds those of other pairs, but for the map, whose rows stay apart.</summary>
    public void Add(LinkageSums other)
    {
        for (var s = 0; s < Pairs.Length; s++) Pairs[s].Add(other.Pairs[s]);
        Join(BySites, other.BySites, SitePairs, other.SitePairs);
        Join(ByBases, other.ByBases, BasePairs, other.BasePairs);
    }

    private static void Join(double[,] into, double[,] from, long[] pairs, long[] more)
    {
        for (var bin = 0; bin < pairs.Length; bin++)
        {
            pairs[bin] += more[bin];
            for (var s = 0; s < into.GetLength(0); s++) into[s, bin] += from[s, bin];
        }
    }
}

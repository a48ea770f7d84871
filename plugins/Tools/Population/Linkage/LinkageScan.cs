using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Linkage;

/// <summary>
/// r2 of every pair of SNPs in every set, summed as it is computed: no matrix is held. Pairs are taken block by block of the map, so that
/// sums are joined in one order whatever the number of threads.
/// </summary>
internal sealed class LinkageScan
{
    /// <summary>Most cells along the map.</summary>
    public const int MostCells = 200;

    private readonly HaplotypeSet[] all;
    private readonly SiteScale[] scales;
    private readonly IReadOnlyList<HaplotypeSite>? sites;
    private readonly bool[] varies;
    private readonly int[] siteBin, cell;

    /// <param name="real">The real haplotypes.</param>
    /// <param name="sets">The artificial ones.</param>
    /// <param name="sites">Where the SNPs are; null where that is not known.</param>
    public LinkageScan(HaplotypeSet real, IReadOnlyList<HaplotypeSet> sets, IReadOnlyList<HaplotypeSite>? sites)
    {
        (all, this.sites) = ([real, .. sets], sites);
        scales = [.. all.Select(s => new SiteScale(s))];
        varies = [.. Enumerable.Range(0, real.Width).Select(s => all.All(set => set.Varies(s)))];
        Near = new(Math.Max(1, real.Width - 1));
        if (sites is not null && Longest(sites) is > 0 and var longest) Far = new(longest);
        siteBin = new int[real.Width];
        for (var d = 1; d < real.Width; d++) siteBin[d] = Near.Find(d, siteBin[d - 1]);
        Cells = Math.Min(MostCells, real.Width);
        cell = [.. Enumerable.Range(0, real.Width).Select(s => (int)((long)s * Cells / real.Width))];
    }

    /// <summary>Bins of distances in SNPs.</summary>
    public DistanceBins Near { get; }

    /// <summary>Bins of distances in bases; null where they are not known.</summary>
    public DistanceBins? Far { get; }

    /// <summary>Cells along the map.</summary>
    public int Cells { get; }

    /// <summary>SNPs with both alleles in all sets.</summary>
    public int Varying => varies.Count(v => v);

    /// <summary>The rows of the map, and all sums joined.</summary>
    public (LinkageSums Total, LinkageSums[] Rows) Run(Action<string, long, long?> progress, CancellationToken cancellation)
    {
        var rows = new LinkageSums[Cells];
        var (done, width) = (0L, all[0].Width);
        var firsts = Enumerable.Range(0, Cells + 1).Select(c => (int)(((long)c * width + Cells - 1) / Cells)).ToArray();
        Parallel.For(0, Cells, new ParallelOptions { CancellationToken = cancellation }, c =>
        {
            var sums = Empty();
            double[][] r2 = [.. all.Select(_ => new double[width])];
            for (var i = firsts[c]; i < firsts[c + 1]; i++) Row(i, sums, r2);
            rows[c] = sums;
            var now = Interlocked.Add(ref done, firsts[c + 1] - firsts[c]);
            lock (rows) progress("SNPs paired with all others", now, width);
        });
        var total = Empty();
        foreach (var row in rows) total.Add(row);
        return (total, rows);
    }

    private LinkageSums Empty() => new(all.Length - 1, Near.Count, Far?.Count ?? 0, Cells);

    private void Row(int i, LinkageSums sums, double[][] r2)
    {
        if (!all[0].Varies(i)) return;
        for (var s = 0; s < all.Length; s++)
        {
            var (own, scale, sites) = (r2[s], scales[s], all[s].Sites);
            var mine = sites.Row(i);
            for (var j = i + 1; j < own.Length; j++) own[j] = scale.R2(i, j, Bits.And(mine, sites.Row(j)));
            if (s > 0) sums.Pairs[s - 1].Add(Correlate(r2[0].AsSpan(i + 1), own.AsSpan(i + 1)));
        }
        if (!varies[i]) return;
        var bin = 0;
        for (var j = i + 1; j < varies.Length; j++)
        {
            if (!varies[j]) continue;
            Add(sums.BySites, sums.SitePairs, siteBin[j - i], r2, j);
            Add(sums.Map, sums.MapPairs, cell[j], r2, j);
            if (Far is null || sites![i].Chromosome != sites[j].Chromosome) continue;
            var distance = Math.Abs(sites[j].Position - sites[i].Position);
            if (distance == 0) continue;
            // SNPs are sorted, but a file may say otherwise.
            bin = Far.Find(distance, distance < Far.Edges[bin] ? 0 : bin);
            Add(sums.ByBases, sums.BasePairs, bin, r2, j);
        }
    }

    private static PearsonSums Correlate(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var sums = new PearsonSums();
        for (var j = 0; j < first.Length; j++)
            if (!double.IsNaN(first[j]) && !double.IsNaN(second[j])) sums.Add(first[j], second[j]);
        return sums;
    }

    private static void Add(double[,] sums, long[] pairs, int bin, double[][] r2, int j)
    {
        pairs[bin]++;
        for (var s = 0; s < r2.Length; s++) sums[s, bin] += r2[s][j];
    }

    private static long Longest(IReadOnlyList<HaplotypeSite> sites) => sites.GroupBy(s => s.Chromosome)
        .Max(g => g.Max(s => s.Position) - g.Min(s => s.Position));
}

using PluginHost.Plugins.Population.Input;

namespace PluginHost.Plugins.Population.Linkage;

/// <summary>
/// Pairs of SNPs that stand for all of them: half are near each other, where most linkage is, and each has the weight of those it stands
/// for.
/// </summary>
/// <param name="Pairs">By place.</param>
/// <param name="Weights">Of each.</param>
internal sealed record DrawnPairs((int I, int J)[] Pairs, double[] Weights)
{
    /// <summary>As many as are drawn; where there are no more, all of them.</summary>
    public const int Most = 20_000;

    // Of the SNPs that vary, so many to each side are near.
    private const int NearShare = 100, LeastNear = 10;

    /// <summary>Draws them among SNPs with both alleles.</summary>
    public static DrawnPairs Of(HaplotypeSet set, ulong seed)
    {
        int[] sites = [.. Enumerable.Range(0, set.Width).Where(set.Varies)];
        var count = sites.Length;
        var all = (long)count * (count - 1) / 2;
        if (all <= Most)
        {
            (int, int)[] every = [.. sites.SelectMany((i, at) => sites[(at + 1)..].Select(j => (i, j)))];
            return new(every, [.. every.Select(_ => 1.0)]);
        }
        var reach = Math.Max(LeastNear, count / NearShare);
        var near = (long)reach * count - (long)reach * (reach + 1) / 2;
        var random = new SeededRandom(seed, 0x1D);
        var (nearly, far) = (new HashSet<(int, int)>(), new HashSet<(int, int)>());
        var wanted = (int)Math.Min(Most / 2, near / 2);
        while (nearly.Count < wanted || far.Count < Most - wanted)
        {
            var i = (int)random.Next(count);
            var j = nearly.Count < wanted ? i + 1 + (int)random.Next(reach) : (int)random.Next(count);
            if (j >= count || i == j) continue;
            var into = Math.Abs(i - j) <= reach ? nearly : far;
            if (into.Count < (into == nearly ? wanted : Most - wanted)) into.Add((sites[Math.Min(i, j)], sites[Math.Max(i, j)]));
        }
        return new([.. nearly.Order(), .. far.Order()], [.. Enumerable.Repeat((double)near / nearly.Count, nearly.Count),
            .. Enumerable.Repeat((double)(all - near) / far.Count, far.Count)]);
    }
}

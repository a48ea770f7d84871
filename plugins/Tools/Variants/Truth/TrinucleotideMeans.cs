namespace PluginHost.Plugins.Variants.Truth;

/// <summary>
/// What alleles of the same change between the same neighbours have on the mean: the 192 kinds of a substitution, and insertions and
/// deletions by their length.
/// </summary>
internal static class TrinucleotideMeans
{
    /// <summary>
    /// Of each allele, from the other blocks alone, less their mean. That mean is counted in as one more value, so that a kind seen once
    /// says little and one not seen says nothing.
    /// </summary>
    public static double[] Of(IReadOnlyList<MeasuredAllele> alleles, PositionBlocks blocks)
    {
        string[] kinds = [.. alleles.Select(Kind)];
        return blocks.CrossValidate((others, _) =>
        {
            var mean = others.Average(a => alleles[a].Effect);
            var known = others.GroupBy(a => kinds[a])
                .ToDictionary(g => g.Key, g => g.Sum(a => alleles[a].Effect - mean) / (g.Count() + 1), StringComparer.Ordinal);
            return allele => known.GetValueOrDefault(kinds[allele]);
        });
    }

    private static string Kind(MeasuredAllele allele)
    {
        var (taken, put) = (allele.Reference, allele.Alternative);
        if (taken.Length != 1 || put.Length != 1) return $"{taken.Length}>{put.Length}";
        var (before, after) = (allele.Before - 1, allele.Before + 1);
        return $"{(before < 0 ? '-' : allele.Around[before])}{taken}{(after == allele.Around.Length ? '-' : allele.Around[after])}>{put}";
    }
}

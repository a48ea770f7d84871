namespace PluginHost.Plugins.Variants.Truth;

/// <summary>What needs no model: anybody's score has to do better.</summary>
internal static class Baselines
{
    /// <summary>The baselines of some alleles: names, formulas, and a value for each allele.</summary>
    public static IEnumerable<(string Name, string Formula, double[] Values)> Of(
        IReadOnlyList<MeasuredAllele> alleles, PositionBlocks blocks, bool conservation, CancellationToken cancellation)
    {
        yield return ("bases gained", "length of the alternative less that of the reference",
            [.. alleles.Select(a => (double)a.Alternative.Length - a.Reference.Length)]);
        yield return ("distance to centre", "bases to the middle between the first and the last allele measured on its chromosome",
            Distances(alleles));
        yield return ("trinucleotides", "mean truth of the same change between the same bases, less the mean; other blocks alone",
            TrinucleotideMeans.Of(alleles, blocks));
        yield return ($"{KMerRegression.K}-mer regression",
            $"ridge regression on the change of the window's {KMerRegression.K}-mer counts, less the mean; other blocks alone",
            KMerRegression.Of(alleles, blocks, cancellation));
        if (conservation) yield return ("conservation", "the column of --conservation", [.. alleles.Select(a => a.Conservation)]);
    }

    private static double[] Distances(IReadOnlyList<MeasuredAllele> alleles)
    {
        var centres = alleles.GroupBy(a => a.Chromosome, StringComparer.Ordinal).ToDictionary(g => g.Key,
            g => (g.Min(a => a.Position) + g.Max(a => a.Position)) / 2.0, StringComparer.Ordinal);
        return [.. alleles.Select(a => Math.Abs(a.Position - centres[a.Chromosome]))];
    }
}

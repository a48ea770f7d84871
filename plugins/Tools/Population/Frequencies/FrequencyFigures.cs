using PluginHost.Libs.Statistics;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Frequencies;

/// <summary>Frequencies of allele 1 in a set against those in the real haplotypes.</summary>
/// <param name="real">The real haplotypes.</param>
/// <param name="rare">Under which real frequency SNPs are compared by themselves.</param>
internal sealed class FrequencyFigures(HaplotypeSet real, double rare)
{
    /// <summary>SNPs whose real frequency is under the limit.</summary>
    public int Rare { get; } = Enumerable.Range(0, real.Width).Count(s => real.Frequency(s) < rare);

    /// <summary>The figures of a set.</summary>
    /// <param name="set">Against the real ones.</param>
    /// <param name="realOnes">Allele counts of the real haplotypes by draw: axes draw, SNP.</param>
    /// <param name="setOnes">Those of the set, as many draws.</param>
    public IEnumerable<Figure> Of(HaplotypeSet set, int[][] realOnes, int[][] setOnes)
    {
        var drawn = realOnes.Zip(setOnes, (r, s) => Compare(r, s, set.Count)).ToList();
        var (all, some, apart) = Compare(real.Ones, set.Ones, set.Count);
        yield return Figure.Drawn(set.Name, "allele_frequency_r", all, drawn.Select(d => d.All), set.Count, -1, 1);
        yield return Figure.Drawn(set.Name, "allele_frequency_r_rare", some, drawn.Select(d => d.Rare), set.Count, -1, 1);
        yield return Figure.Drawn(set.Name, "allele_frequency_difference", apart, drawn.Select(d => d.Apart), set.Count, 0);
        yield return Figure.Plain(set.Name, "fixed_snps", Enumerable.Range(0, set.Width).Count(s => !set.Varies(s)), set.Count);
    }

    private (double All, double Rare, double Apart) Compare(int[] realOnes, int[] setOnes, int count)
    {
        var (all, some, apart) = (new PearsonSums(), new PearsonSums(), 0.0);
        for (var site = 0; site < realOnes.Length; site++)
        {
            var (x, y) = ((double)realOnes[site] / real.Count, (double)setOnes[site] / count);
            all.Add(x, y);
            // Which SNPs are rare is what the haplotypes say, not a draw of them.
            if (real.Frequency(site) < rare) some.Add(x, y);
            apart += Math.Abs(x - y);
        }
        return (all.Correlation, some.Correlation, apart / realOnes.Length);
    }
}

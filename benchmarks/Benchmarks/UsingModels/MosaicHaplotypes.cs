using System.Text;

namespace PluginHost.Benchmarks;

/// <summary>Haplotypes with linkage: mosaics of some founders with a few changes (Li and Stephens 2003).</summary>
internal static class MosaicHaplotypes
{
    private const int Founders = 60;
    private const double Switch = 0.01, Change = 0.01;

    /// <summary>A .hapt file.</summary>
    /// <param name="count">Haplotypes.</param>
    /// <param name="sites">SNPs; equal founders for equal numbers of them.</param>
    /// <param name="seed">Of the mosaic.</param>
    public static string Write(int count, int sites, ulong seed)
    {
        var founders = new bool[Founders, sites];
        var random = new SeededRandom(9);
        for (var s = 0; s < sites; s++)
        {
            // Most alleles are rare, as in a population.
            var frequency = Math.Pow(random.NextDouble(), 2);
            for (var f = 0; f < Founders; f++) founders[f, s] = random.NextDouble() < frequency;
        }
        random = new(seed);
        var text = new StringBuilder();
        for (var h = 0; h < count; h++)
        {
            text.Append("G h").Append(h);
            var founder = random.Next(Founders);
            for (var s = 0; s < sites; s++)
            {
                if (random.NextDouble() < Switch) founder = random.Next(Founders);
                text.Append(founders[founder, s] ^ random.NextDouble() < Change ? " 1" : " 0");
            }
            text.Append('\n');
        }
        return text.ToString();
    }
}

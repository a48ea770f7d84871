using PluginHost.Libs.Genomics.Haplotypes;

namespace PluginHost.Plugins.Population.Input;

/// <summary>Haplotypes that are compared, in an order that the seed has drawn, so that any run of them is a sample.</summary>
internal sealed class HaplotypeSet
{
    /// <param name="name">In tables and figures.</param>
    /// <param name="haplotypes">Rows haplotypes, in file order.</param>
    /// <param name="names">Of each.</param>
    /// <param name="random">Draws the order.</param>
    public HaplotypeSet(string name, BitMatrix haplotypes, IReadOnlyList<string> names, SeededRandom random)
    {
        Name = name;
        Order = [.. Enumerable.Range(0, haplotypes.Rows)];
        random.Shuffle(Order.AsSpan());
        (Haplotypes, Names) = (haplotypes.Take(Order), names);
        Sites = Haplotypes.Transposed();
        Ones = Sites.Ones();
    }

    /// <summary>In tables and figures.</summary>
    public string Name { get; }

    /// <summary>Rows haplotypes, columns SNPs.</summary>
    public BitMatrix Haplotypes { get; }

    /// <summary>Rows SNPs, columns haplotypes.</summary>
    public BitMatrix Sites { get; }

    /// <summary>Haplotypes with allele 1 at each SNP.</summary>
    public int[] Ones { get; }

    /// <summary>Place in the file of each row.</summary>
    public int[] Order { get; }

    /// <summary>Names in file order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Haplotypes.</summary>
    public int Count => Haplotypes.Rows;

    /// <summary>SNPs.</summary>
    public int Width => Haplotypes.Columns;

    /// <summary>Whether both alleles are there.</summary>
    public bool Varies(int site) => Ones[site] > 0 && Ones[site] < Count;

    /// <summary>Share of haplotypes with allele 1.</summary>
    public double Frequency(int site) => (double)Ones[site] / Count;

    /// <summary>Haplotypes that another before them equals.</summary>
    public int Repeated()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var repeated = 0;
        for (var row = 0; row < Count; row++)
            if (!seen.Add(new string(System.Runtime.InteropServices.MemoryMarshal.Cast<ulong, char>(Haplotypes.Row(row))))) repeated++;
        return repeated;
    }
}

using PluginHost.Libs.Files;

namespace PluginHost.Libs.Genomics.Haplotypes;

/// <summary>Records of a VCF that became no column of 0 and 1, by why.</summary>
public sealed class LeftOutSites
{
    /// <summary>Records with none or several alternative alleles.</summary>
    public long NotBiallelic { get; set; }

    /// <summary>Records whose alleles are not single bases.</summary>
    public long NoSnp { get; set; }

    /// <summary>Records in which an allele is unknown.</summary>
    public long Unknown { get; set; }

    /// <summary>Records whose FILTER speaks against them.</summary>
    public long Filtered { get; set; }

    /// <summary>All of them.</summary>
    public long Count => NotBiallelic + NoSnp + Unknown + Filtered;

    /// <summary>A sentence, or null where none was left out.</summary>
    public string? Sentence
    {
        get
        {
            (long Count, string Why)[] all =
            [
                (NoSnp, "no SNP"), (NotBiallelic, "not of two alleles"), (Unknown, "with an unknown allele"), (Filtered, "by their FILTER"),
            ];
            var reasons = all.Where(a => a.Count > 0).Select(a => $"{a.Count:N0} {a.Why}");
            return Count == 0 ? null : $"{Wording.Counted(Count, "record")} left out: {string.Join(", ", reasons)}.";
        }
    }
}

using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Libs.Genomics.Haplotypes;

/// <summary>Which haplotypes of a VCF are read, and how.</summary>
public sealed record VcfHaplotypeOptions
{
    /// <summary>What <see cref="VcfHaplotypes"/> writes as the group where nothing else is asked for.</summary>
    public const string DefaultGroup = "Real";

    /// <summary>Only SNPs there; null for all.</summary>
    public Stretch? Region { get; init; }

    /// <summary>Only these samples; all where empty.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>What becomes of genotypes that leave open which allele is whose.</summary>
    public Unphased Unphased { get; init; } = Unphased.Fail;

    /// <summary>Of <see cref="Unphased.Random"/>.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Only records whose FILTER is PASS or '.'.</summary>
    public bool PassOnly { get; init; }

    /// <summary>The group of all haplotypes.</summary>
    public string Group { get; init; } = DefaultGroup;
}

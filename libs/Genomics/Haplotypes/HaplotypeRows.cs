namespace PluginHost.Libs.Genomics.Haplotypes;

/// <summary>Haplotypes in memory, a bit for an allele.</summary>
/// <param name="Bits">Rows haplotypes, columns SNPs.</param>
/// <param name="Groups">The group of each.</param>
/// <param name="Names">The name of each.</param>
/// <param name="Sites">The SNPs; null where the file does not name them.</param>
public sealed record HaplotypeRows(
    BitMatrix Bits, IReadOnlyList<string> Groups, IReadOnlyList<string> Names, IReadOnlyList<HaplotypeSite>? Sites);

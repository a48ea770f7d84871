namespace PluginHost.Libs.Genomics.Haplotypes;

/// <summary>A line of a file of haplotypes.</summary>
/// <param name="Group">The first column.</param>
/// <param name="Name">The second.</param>
/// <param name="Alleles">A 0 or a 1 for each SNP.</param>
/// <param name="Where">File and line, for messages.</param>
public sealed record HaplotypeLine(string Group, string Name, string Alleles, string Where);

namespace PluginHost.Libs.Genomics.Haplotypes;

/// <summary>A SNP of haplotypes.</summary>
/// <param name="Chromosome">Its name; empty where a file does not say.</param>
/// <param name="Position">0-based.</param>
/// <param name="Zero">The allele that a 0 stands for.</param>
/// <param name="One">The allele that a 1 stands for.</param>
public sealed record HaplotypeSite(string Chromosome, long Position, string Zero, string One)
{
    /// <summary>For messages: <c>20:1,234 A/G</c>.</summary>
    public override string ToString() => $"{(Chromosome.Length > 0 ? Chromosome + ":" : "")}{Position + 1:N0} {Zero}/{One}";
}

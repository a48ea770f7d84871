using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Libs.Genomics.Variants;

/// <summary>An allele on a genome.</summary>
/// <param name="Record">Its chromosome.</param>
/// <param name="Form">In its one form.</param>
public readonly record struct AlleleSite(FastaRecord Record, AlleleForm Form)
{
    /// <summary>Its name as SPDI: <c>chr20:1234:A:G</c>, counted from 0; what is taken out or put in may be empty.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{Record.Name}:{Form.Position}:{Form.Reference}:{Form.Alternative}");
}

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>One sequence of a FASTA file, without its bases.</summary>
/// <param name="Name">The header's first word.</param>
/// <param name="Length">Bases.</param>
/// <param name="Layout">Where they lie.</param>
public sealed record FastaRecord(string Name, long Length, LineLayout Layout)
{
    /// <summary>The rest of the header; empty if there is none or it was not read.</summary>
    public string Description { get; init; } = "";

    /// <summary>1-based line of the header; 0 if only the index was read.</summary>
    public long Line { get; init; }

    /// <summary>Base 0's place among all bases of the file, in file order.</summary>
    public long FirstBase { get; init; }

    /// <summary>Codes other than A, C, G, T; null if only the index was read.</summary>
    public AmbiguityMap? Ambiguity { get; init; }

    /// <summary>Lower-case bases (soft-masked repeats by convention).</summary>
    public long LowerCase { get; init; }
}

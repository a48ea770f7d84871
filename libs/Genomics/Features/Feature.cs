namespace PluginHost.Libs.Genomics.Features;

/// <summary>A stretch of a chromosome with a name, from a BED or GFF file.</summary>
/// <param name="Chromosome">As written.</param>
/// <param name="Start">0-based.</param>
/// <param name="End">Half-open.</param>
/// <param name="Strand"><c>+</c>, <c>-</c>, or <c>.</c> for none.</param>
/// <param name="Type">GFF's third column; empty for BED.</param>
/// <param name="Name">BED's fourth column; GFF's Name, gene_name, ID or gene_id.</param>
/// <param name="Where">File and line, for messages.</param>
public sealed record Feature(string Chromosome, long Start, long End, char Strand, string Type, string Name, string Where)
{
    /// <summary>GFF's ninth column by key; null for BED.</summary>
    public FeatureAttributes? Attributes { get; init; }

    /// <summary>BED's blocks (exons) in chromosome order, 0-based and half-open; empty where there are none.</summary>
    public IReadOnlyList<(long Start, long End)> Blocks { get; init; } = [];

    /// <summary>Bases.</summary>
    public long Length => End - Start;
}

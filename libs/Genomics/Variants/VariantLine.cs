namespace PluginHost.Libs.Genomics.Variants;

/// <summary>A line of a file of variants.</summary>
/// <param name="Text">As it stands in the file.</param>
/// <param name="Where">File and line, for messages.</param>
/// <param name="Chromosome">As written.</param>
/// <param name="Position">0-based.</param>
/// <param name="Reference">Upper case; empty for an insertion that a table writes as <c>-</c>.</param>
/// <param name="Alternatives">Upper case where they are bases; as written otherwise.</param>
/// <param name="Numbers">Of each column that was asked for a number for each allele: axes column, allele; NaN where there is none.</param>
public sealed record VariantLine(
    string Text, string Where, string Chromosome, long Position, string Reference, string[] Alternatives, double[][] Numbers);

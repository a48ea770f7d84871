using System.Globalization;

namespace PluginHost.Libs.Genomics.Variants;

/// <summary>A line of a file of variants.</summary>
/// <param name="Text">As it stands in the file.</param>
/// <param name="Where">File and line, for messages.</param>
/// <param name="Chromosome">As written.</param>
/// <param name="Position">0-based.</param>
/// <param name="Reference">Upper case; empty for an insertion that a table writes as <c>-</c>.</param>
/// <param name="Alternatives">Upper case where they are bases; as written otherwise.</param>
/// <param name="Asked">What the columns that were asked for have for each allele: axes column, allele; null where there is nothing.</param>
public sealed record VariantLine(
    string Text, string Where, string Chromosome, long Position, string Reference, string[] Alternatives, string?[][] Asked)
{
    /// <summary>A number that was asked for; NaN where there is none, or no such column was asked for.</summary>
    public double Number(int column, int allele) => column < Asked.Length
        && double.TryParse(Asked[column][allele], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
}

using System.Globalization;
using System.Net;
using System.Text;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Motifs;

namespace PluginHost.Plugins.Interpret.Vocabularies;

/// <summary>The letters of a token above the logo of the motif that it fits.</summary>
internal static class AlignedLogo
{
    // As logos have it: the room left of the first letter, and that of a letter.
    private const double Left = 44, Letter = 18, Row = 20, Height = 110;

    /// <summary>Draws it.</summary>
    /// <param name="token">The bases.</param>
    /// <param name="match">On which strand and where.</param>
    public static string Draw(string token, MotifMatch match)
    {
        var motif = match.IsReverse ? match.Target.ReverseComplement() : match.Target;
        var (before, behind) = (Math.Max(0, -match.Offset), Math.Max(0, match.Offset));
        var width = Left + Letter * (Math.Max(before + token.Length, behind + motif.Width) + 1);
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{Row + Height}\" "))
            .Append(Invariant($"viewBox=\"0 0 {width} {Row + Height}\" role=\"img\" "))
            .Append($"aria-label=\"{WebUtility.HtmlEncode($"{token} and {motif.Id}")}\" font-family=\"ui-monospace, monospace\" ")
            .Append("font-size=\"16\" text-anchor=\"middle\" fill=\"var(--soft, #5b6570)\">");
        for (var i = 0; i < token.Length; i++)
            svg.Append(Invariant($"<text x=\"{Left + (before + i + 0.5) * Letter}\" y=\"15\">{token[i]}</text>"));
        return svg.Append(Invariant($"<g transform=\"translate({behind * Letter} {Row})\">"))
            .Append(SequenceLogo.OfFrequencies(motif.Id, motif.Frequencies_WA)).Append("</g></svg>\n").ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

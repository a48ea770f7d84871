using System.Globalization;
using System.Text;

namespace PluginHost.Plugins.Interpret.Attention;

/// <summary>
/// What the tokens over one base attend to, as lines from it to the bases, one colour a head, wide as the share is large (after DNABERT,
/// figure 4e).
/// </summary>
internal static class HeadPlot
{
    private const double Step = 12, Left = 20, Height = 150, Top = 34, Bottom = 26;

    private static readonly string[] colors =
        ["#1f6feb", "#d9730d", "#2da44e", "#8250df", "#bf3989", "#57606a", "#b08800", "#0a7ea4", "#cf222e", "#4d7c0f", "#7c3aed",
            "#9a3412"];

    /// <summary>The share that leaves the strongest 5 %, at least one.</summary>
    /// <param name="heads_HL">Shares by head and base; what is 0 or none counts for nothing.</param>
    public static double Strongest(float[][] heads_HL)
    {
        var shares = heads_HL.SelectMany(h => h).Where(s => s > 0).OrderDescending().ToList();
        return shares.Count == 0 ? 0 : shares[(shares.Count - 1) / 20];
    }

    /// <summary>Draws it.</summary>
    /// <param name="bases">The sequence.</param>
    /// <param name="from">Its base, counted from 0; null for the classification token, which stands before the first.</param>
    /// <param name="heads_HL">Shares by head and base.</param>
    /// <param name="threshold">Smaller ones are left out.</param>
    public static string Draw(string bases, int? from, float[][] heads_HL, double threshold)
    {
        double X(int place) => Left + (place + 1.5) * Step;
        var width = X(bases.Length) + Left;
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{Height}\" "))
            .Append(Invariant($"viewBox=\"0 0 {width} {Height}\" role=\"img\" aria-label=\"attention by head\" "))
            .Append("font-family=\"ui-monospace, monospace\" font-size=\"11\" text-anchor=\"middle\" fill=\"var(--soft, #5b6570)\">");
        foreach (var (h, i, share) in Above(heads_HL, threshold))
            svg.Append(Invariant($"<line x1=\"{X(from ?? -1)}\" y1=\"{Top}\" x2=\"{X(i)}\" y2=\"{Height - Bottom}\" "))
                .Append(Invariant($"stroke=\"{colors[h % colors.Length]}\" stroke-width=\"{0.6 + 3.4 * share:0.##}\" opacity=\"0.75\">"))
                .Append(Invariant($"<title>head {h + 1}, base {i}: {share:0.000}</title></line>"));
        svg.Append(Invariant($"<text x=\"{X(from ?? -1)}\" y=\"{Top - 5}\">{(from is { } place ? bases[place] : "\u2022")}</text>"));
        for (var i = 0; i < bases.Length; i++)
        {
            svg.Append(Invariant($"<text x=\"{X(i)}\" y=\"{Height - Bottom + 11}\">{bases[i]}</text>"));
            if (i % 10 == 0) svg.Append(Invariant($"<text x=\"{X(i)}\" y=\"{Height - 3}\" font-size=\"9\">{i}</text>"));
        }
        for (var h = 0; h < heads_HL.Length; h++)
            svg.Append(Invariant($"<text x=\"{Left + 30 + 60 * h}\" y=\"12\" fill=\"{colors[h % colors.Length]}\">head {h + 1}</text>"));
        return svg.Append("</svg>\n").ToString();
    }

    private static IEnumerable<(int Head, int Base, float Share)> Above(float[][] heads_HL, double threshold)
    {
        for (var h = 0; h < heads_HL.Length; h++)
            for (var i = 0; i < heads_HL[h].Length; i++)
                if (heads_HL[h][i] > 0 && heads_HL[h][i] >= threshold) yield return (h, i, heads_HL[h][i]);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

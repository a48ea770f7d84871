using System.Globalization;
using System.Net;
using System.Text;
using PluginHost.Libs.Statistics;

namespace PluginHost.Libs.Figures;

/// <summary>
/// Sequence logos: at each position the letters on top of each other, the largest uppermost. Schneider and Stephens, Nucleic Acids
/// Research 18 (1990) 6097.
/// </summary>
public static class SequenceLogo
{
    private const double Letter = 18, Left = 44, Top = 8, Bottom = 22, Right = 8, Height = 110;

    /// <summary>A motif: letters as high as their share of the position's bits.</summary>
    /// <param name="title">Read out by screen readers.</param>
    /// <param name="frequencies_WA">Axes position, base (A, C, G, T).</param>
    public static string OfFrequencies(string title, double[,] frequencies_WA)
    {
        var heights = new double[frequencies_WA.GetLength(0), 4];
        Span<double> position = stackalloc double[4];
        for (var w = 0; w < heights.GetLength(0); w++)
        {
            for (var a = 0; a < 4; a++) position[a] = frequencies_WA[w, a];
            for (var a = 0; a < 4; a++) heights[w, a] = position[a] * InformationContent.Bits(position);
        }
        return Draw(title, heights, low: 0, high: 2, "bits", first: 1);
    }

    /// <summary>What each base of a sequence contributes: letters above the line for it, below the line against it.</summary>
    /// <param name="title">Read out by screen readers.</param>
    /// <param name="sequence">The bases.</param>
    /// <param name="values">A value of each.</param>
    /// <param name="unit">What the values are.</param>
    /// <param name="first">What the first base is called on the axis.</param>
    public static string OfContributions(string title, string sequence, IReadOnlyList<double> values, string unit, long first = 1)
    {
        var heights = new double[sequence.Length, 4];
        for (var w = 0; w < sequence.Length; w++)
            if ("ACGT".IndexOf(sequence[w]) is >= 0 and var a && double.IsFinite(values[w])) heights[w, a] = values[w];
        var (low, high) = (Math.Min(0, heights.Cast<double>().DefaultIfEmpty(0).Min()), heights.Cast<double>().DefaultIfEmpty(0).Max());
        return Draw(title, heights, low, high > low ? high : low + 1, unit, first);
    }

    private static string Draw(string title, double[,] heights_WA, double low, double high, string unit, long first)
    {
        var count = heights_WA.GetLength(0);
        var width = Left + count * Letter + Right;
        var scale = (Height - Top - Bottom) / (high - low);
        double Y(double value) => Top + (high - value) * scale;
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{Height}\" "))
            .Append(Invariant($"viewBox=\"0 0 {width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\" "))
            .Append("font-family=\"system-ui, sans-serif\" font-size=\"10\" fill=\"var(--soft, #5b6570)\">");
        foreach (var tick in (double[])(low < 0 ? [low, 0, high] : [0, high]))
            svg.Append(Invariant($"<line x1=\"{Left - 4}\" x2=\"{width - Right}\" y1=\"{Y(tick):0.##}\" y2=\"{Y(tick):0.##}\" "))
                .Append("stroke=\"var(--line, #d8dde3)\"/>")
                .Append(Invariant($"<text x=\"{Left - 6}\" y=\"{Y(tick) + 3:0.##}\" text-anchor=\"end\">{tick:0.##}</text>"));
        svg.Append(Invariant($"<text transform=\"translate(10 {Top + (Height - Top - Bottom) / 2}) rotate(-90)\" "))
            .Append($"text-anchor=\"middle\">{WebUtility.HtmlEncode(unit)}</text>");
        var every = count <= 40 && first + count < 100 ? 1 : 5;
        for (var w = 0; w < count; w++)
        {
            var (up, down) = (0.0, 0.0);
            foreach (var a in Enumerable.Range(0, 4).OrderBy(a => Math.Abs(heights_WA[w, a])))
            {
                var height = heights_WA[w, a];
                if (height > 0) svg.Append(BaseLetter.Draw("ACGT"[a], Left + w * Letter, Y(up += height), Letter, height * scale));
                if (height >= 0) continue;
                svg.Append(BaseLetter.Draw("ACGT"[a], Left + w * Letter, Y(down), Letter, height * scale));
                down += height;
            }
            if ((w + first) % every == 0 || w == 0)
                svg.Append(Invariant($"<text x=\"{Left + (w + 0.5) * Letter:0.#}\" y=\"{Height - 8}\" "))
                    .Append(Invariant($"text-anchor=\"middle\">{w + first}</text>"));
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Net;
using System.Text;

namespace PluginHost.Plugins.Interpret.GGrams;

/// <summary>
/// The G-grams of one sequence below its bases, once for each layer of the G-gram encoder, darker where they get more attention (after
/// DNAZEN, figure 3).
/// </summary>
internal static class CaseFigure
{
    private const double Step = 7, Left = 56, Right = 70, Lane = 11, Gap = 10, Top = 34;

    /// <summary>Draws it.</summary>
    /// <param name="sequence">The bases.</param>
    /// <param name="found">Its G-grams.</param>
    /// <param name="layers">Axes layer, place on axis G; none for plain bars.</param>
    public static string Draw(string sequence, IReadOnlyList<FoundGGram> found, float[][] layers)
    {
        var lanes = Lanes(found);
        var band = Lane * Math.Max(1, lanes.DefaultIfEmpty(-1).Max() + 1) + Gap;
        var (bands, most) = (Math.Max(1, layers.Length), layers.SelectMany(l => l).DefaultIfEmpty(0).Max());
        var (width, height) = (Left + Step * sequence.Length + Right, Top + band * bands + 4);
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" "))
            .Append(Invariant($"viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"G-grams\" "))
            .Append("font-family=\"ui-monospace, monospace\" font-size=\"10\" fill=\"var(--soft, #5b6570)\">");
        for (var i = 0; i < sequence.Length; i++)
        {
            svg.Append(Invariant($"<text x=\"{X(i + 0.5):0.#}\" y=\"{Top - 8}\" text-anchor=\"middle\">"))
                .Append(WebUtility.HtmlEncode($"{sequence[i]}")).Append("</text>");
            if (i % 10 == 0) svg.Append(Invariant($"<text x=\"{X(i):0.#}\" y=\"{Top - 21}\" font-size=\"9\">{i}</text>"));
        }
        for (var b = 0; b < bands; b++)
        {
            var y = Top + b * band;
            if (layers.Length > 0) svg.Append(Invariant($"<text x=\"4\" y=\"{y + 9:0.#}\">layer {b + 1}</text>"));
            for (var g = 0; g < found.Count; g++)
            {
                var share = layers.Length > 0 ? layers[b][found[g].Place] : float.NaN;
                var (from, to) = (X(found[g].Bases.Start), X(found[g].Bases.End));
                svg.Append(Invariant($"<rect x=\"{from + 0.5:0.#}\" y=\"{y + lanes[g] * Lane:0.#}\" width=\"{to - from - 1:0.#}\" "))
                    .Append(Invariant($"height=\"{Lane - 2}\" rx=\"2\" fill=\"{Color(share, most)}\" "))
                    .Append("stroke=\"#6ea8fe\" stroke-width=\"0.5\">")
                    .Append("<title>").Append(WebUtility.HtmlEncode(found[g].Tokens))
                    .Append(layers.Length > 0 ? Invariant($": {share:0.0000}") : "").Append("</title></rect>");
            }
        }
        if (layers.Length > 0)
            svg.Append(Invariant($"<text x=\"{width - Right + 8:0.#}\" y=\"{Top + 9}\" font-size=\"9\">dark {most:0.###}</text>"));
        return svg.Append("</svg>\n").ToString();
    }

    private static double X(double place) => Left + place * Step;

    /// <summary>The first row below which nothing of a G-gram's bases is taken.</summary>
    private static int[] Lanes(IReadOnlyList<FoundGGram> found)
    {
        List<int> ends = [];
        var lanes = new int[found.Count];
        foreach (var g in Enumerable.Range(0, found.Count).OrderBy(g => found[g].Bases.Start))
        {
            var lane = ends.FindIndex(end => end <= found[g].Bases.Start);
            if (lane < 0) (lane, ends) = (ends.Count, [.. ends, 0]);
            ends[lane] = found[g].Bases.End;
            lanes[g] = lane;
        }
        return lanes;
    }

    /// <summary>White for nothing, dark blue for the most of the figure.</summary>
    private static string Color(float share, float most)
    {
        if (float.IsNaN(share) || most <= 0) return "#6ea8fe";
        var strength = share / most;
        int Mixed(int to) => (int)Math.Round(255 + (to - 255) * strength);
        return $"#{Mixed(10):x2}{Mixed(47):x2}{Mixed(107):x2}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

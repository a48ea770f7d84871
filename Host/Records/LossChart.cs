using System.Globalization;
using System.Net;
using System.Text;

namespace PluginHost.Host.Records;

/// <summary>A line of a chart.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Points">Step and value, ascending by step.</param>
/// <param name="Marked">Whether points are drawn as dots: for sparse series.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points, bool Marked);

/// <summary>Draws series over steps as inline SVG that follows the page's colours.</summary>
public static class LossChart
{
    private const double Width = 760, Height = 300, Left = 56, Right = 16, Top = 16, Bottom = 40;

    /// <summary>The drawing, or an empty text when there is nothing to draw.</summary>
    /// <param name="title">Read out by screen readers.</param>
    /// <param name="series">At most four are told apart by colour.</param>
    public static string Svg(string title, IReadOnlyList<ChartSeries> series)
    {
        var points = series.SelectMany(s => s.Points).Where(p => double.IsFinite(p.Y)).ToList();
        if (points.Count == 0) return "";
        var (x0, x1) = Widen(points.Min(p => p.X), points.Max(p => p.X));
        var (y0, y1) = Widen(points.Min(p => p.Y), points.Max(p => p.Y));
        double X(double x) => Left + (x - x0) / (x1 - x0) * (Width - Left - Right);
        double Y(double y) => Height - Bottom - (y - y0) / (y1 - y0) * (Height - Top - Bottom);

        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">"));
        foreach (var tick in Ticks(y0, y1))
            svg.Append(string.Create(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" "
                + $"y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\"/><text x=\"{Left - 8}\" y=\"{Y(tick) + 4:0.#}\" "
                + $"text-anchor=\"end\">{tick:0.####}</text>"));
        foreach (var tick in Ticks(x0, x1))
            svg.Append(Invariant($"<text x=\"{X(tick):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{tick:0.####}</text>"));
        svg.Append(Invariant($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 4}\" text-anchor=\"middle\">step</text>"));
        for (var i = 0; i < series.Count; i++)
        {
            var finite = series[i].Points.Where(p => double.IsFinite(p.Y)).ToList();
            var path = string.Join(' ', finite.Select(p => Invariant($"{X(p.X):0.#},{Y(p.Y):0.#}")));
            svg.Append(Invariant($"<polyline class=\"line s{i % 4}\" points=\"{path}\"/>"));
            if (series[i].Marked)
                foreach (var (x, y) in finite)
                    svg.Append(string.Create(CultureInfo.InvariantCulture, $"<circle class=\"dot s{i % 4}\" cx=\"{X(x):0.#}\" "
                        + $"cy=\"{Y(y):0.#}\" r=\"3\"><title>step {x:0}: {y:0.####}</title></circle>"));
            svg.Append(string.Create(CultureInfo.InvariantCulture, $"<circle class=\"dot s{i % 4}\" cx=\"{Width - Right - 150}\" "
                + $"cy=\"{Top + 10 + 18 * i}\" r=\"4\"/><text x=\"{Width - Right - 140}\" "
                + $"y=\"{Top + 14 + 18 * i}\">{WebUtility.HtmlEncode(series[i].Name)}</text>"));
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Round numbers inside a range, five or so.</summary>
    public static IEnumerable<double> Ticks(double low, double high)
    {
        var raw = (high - low) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = ((double[])[1, 2, 5, 10]).First(m => m * power >= raw * 0.999) * power;
        for (var tick = Math.Ceiling(low / step) * step; tick <= high + step * 1e-6; tick += step) yield return Math.Round(tick, 10);
    }

    private static (double Low, double High) Widen(double low, double high) => high > low ? (low, high) : (low - 0.5, high + 0.5);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

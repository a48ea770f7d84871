using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OxyPlot;

namespace PluginHost.Libs.Figures;

/// <summary>
/// The colours of figures. In a page they follow its light or dark style; in a file of their own they are those of the light one.
/// </summary>
internal static partial class Ink
{
    // Exact enough to be nobody's own colours: the finished drawing is searched for them.
    public static readonly OxyColor Text = OxyColor.FromRgb(91, 101, 113), Grid = OxyColor.FromRgb(217, 221, 228);

    /// <summary>The font whose widths the drawing is laid out by; the page's own, which is about as wide, is named in its place.</summary>
    public const string MeasuredFont = "Arial";

    private static readonly (OxyColor Color, string Css)[] styled = [(Text, "var(--soft, #5b6570)"), (Grid, "var(--line, #d8dde3)")];

    /// <summary>Colours of series, in their order; told apart also by those who see no red or no green.</summary>
    public static readonly IReadOnlyList<OxyColor> Series =
        [.. ((string[])["#1f6feb", "#d9730d", "#2da44e", "#8250df", "#bf3989", "#57606a"]).Select(OxyColor.Parse)];

    /// <summary>From one sign over nothing to the other: blue, white, red.</summary>
    public static readonly OxyPalette Signed =
        OxyPalette.Interpolate(201, OxyColor.Parse("#1f5fbf"), OxyColors.White, OxyColor.Parse("#c0362c"));

    /// <summary>From nothing to much: white to dark blue.</summary>
    public static readonly OxyPalette Amount =
        OxyPalette.Interpolate(201, OxyColors.White, OxyColor.Parse("#6ea8fe"), OxyColor.Parse("#0a2f6b"));

    /// <summary>Puts the page's colours in place of the plain ones, and drops what an inline drawing has no use for.</summary>
    public static string Style(string svg)
    {
        foreach (var (color, css) in styled)
            svg = svg.Replace(string.Create(CultureInfo.InvariantCulture, $"rgb({color.R},{color.G},{color.B})"), css,
                StringComparison.Ordinal);
        svg = svg.Replace($"font-family=\"{MeasuredFont}\"", "font-family=\"system-ui, sans-serif\"", StringComparison.Ordinal)
            .Replace("<image ", "<image style=\"image-rendering:pixelated\" ", StringComparison.Ordinal);
        // Several drawings share a page, and with it their names.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(svg)).AsSpan(0, 4));
        return Declaration().Replace(Clip().Replace(svg, $"clip{name}-"), "");
    }

    [GeneratedRegex(@"^\s*<\?xml[^>]*>\s*")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"clipPath(?=\d)")]
    private static partial Regex Clip();
}

using System.Globalization;

namespace PluginHost.Libs.Figures;

/// <summary>
/// The letters of bases as outlines, so that every program draws them alike and to their exact height: a text's size would depend on fonts.
/// </summary>
internal static class BaseLetter
{
    // Each fills a square of 100 by 100, its origin in the upper left.
    private static readonly Dictionary<char, (string Path, string Color)> letters = new()
    {
        ['A'] = ("M0 100 L38 0 H62 L100 100 H76 L69 80 H31 L24 100 Z M37 62 H63 L50 22 Z", "#2da44e"),
        ['C'] = ("M100 68 C95 89 76 100 54 100 C20 100 0 80 0 50 C0 20 20 0 54 0 C77 0 95 11 99 31 H75 C72 23 65 19 54 19 "
            + "C35 19 24 30 24 50 C24 70 35 81 54 81 C66 81 73 76 76 68 Z", "#1f6feb"),
        ['G'] = ("M100 46 V100 H82 L79 90 C72 97 63 100 51 100 C19 100 0 80 0 50 C0 20 20 0 54 0 C78 0 96 11 99 31 H75 "
            + "C72 23 65 19 54 19 C35 19 24 30 24 50 C24 70 34 81 54 81 C67 81 75 75 77 64 H52 V46 Z", "#d9730d"),
        ['T'] = ("M0 0 H100 V20 H62 V100 H38 V20 H0 Z", "#cf222e"),
    };

    /// <summary>A letter stretched into a box; nothing for what is no base.</summary>
    /// <param name="letter">A, C, G or T.</param>
    /// <param name="x">Left edge, in pixels.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels; negative hangs the letter upside down below <paramref name="y"/>.</param>
    public static string Draw(char letter, double x, double y, double width, double height) =>
        letters.TryGetValue(letter, out var drawn) && height != 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"<path fill=\"{drawn.Color}\" fill-rule=\"evenodd\" transform=\"translate({x:0.##} {(height < 0 ? y - height : y):0.##}) "
                + $"scale({width / 100:0.#####} {height / 100:0.#####})\" d=\"{drawn.Path}\"/>")
            : "";
}

using System.Globalization;
using System.Net;
using System.Text;
using PluginHost.Libs.Attribution.Mutations;

namespace PluginHost.Libs.Attribution.Figures;

/// <summary>A row of bars above a mutation map.</summary>
/// <param name="Name">At its left.</param>
/// <param name="Values">One a base; NaN for none.</param>
public sealed record MapTrack(string Name, IReadOnlyList<float> Values);

/// <summary>
/// A mutation map as DNABERT's figure 6 has it: attention on top, below it what each change of each base does, as a heat map of differences
/// and one of log-odds ratios.
/// </summary>
public static class MutationMap
{
    private const double Left = 92, Cell = 10, Bars = 46, Gap = 16;
    private const string Rows = Mutation.Bases + "-";

    /// <summary>Draws it.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="effects">Of one sequence.</param>
    /// <param name="output">Which output, axis C.</param>
    /// <param name="tracks">Bars above.</param>
    public static string Draw(string title, MutationEffects effects, int output, IReadOnlyList<MapTrack> tracks)
    {
        var sequence = effects.Sample.Sequence;
        var body = new StringBuilder();
        var y = 24.0;
        foreach (var track in tracks)
        {
            Track(body, track, y);
            y += Bars + 10;
        }
        y = Letters(body, sequence, y) + 4;
        var rows = effects.Mutations.Any(m => m.IsDeletion) ? 5 : 4;
        y = Heat(body, "difference", effects, effects.Difference, output, rows, y);
        if (effects.LogOdds is { } odds) y = Heat(body, "logOR (log2)", effects, odds, output, rows, y);
        for (var i = 0; i < sequence.Length; i += 10)
            body.Append(Text(Left + (i + 0.5) * Cell, y, "middle", $"{i}"));
        var (width, height) = (Math.Max(Left + sequence.Length * Cell + 90, 8 * title.Length + 20), y + 10);
        return Invariant(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" ")
            + $"role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\" font-family=\"system-ui, sans-serif\" font-size=\"10\" "
            + $"fill=\"var(--soft, #5b6570)\">{Text(8, 12, "start", title)}{body}</svg>\n";
    }

    private static void Track(StringBuilder body, MapTrack track, double y)
    {
        body.Append(Text(Left - 6, y + Bars / 2, "end", track.Name));
        var most = track.Values.Where(float.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var path = new StringBuilder();
        for (var i = 0; i < track.Values.Count && most > 0; i++)
            if (float.IsFinite(track.Values[i]) && Math.Abs(track.Values[i]) / most * Bars is var high && high >= 0.05)
                path.Append(Invariant($"M{Left + i * Cell + 1:0.#} {y + Bars:0.#}v{-high:0.#}h8v{high:0.#}z"));
        body.Append($"<path fill=\"#1f6feb\" d=\"{path}\"/>");
        body.Append(Text(Left + track.Values.Count * Cell + 6, y + 8, "start", most.ToString("0.###", CultureInfo.InvariantCulture)));
    }

    private static double Letters(StringBuilder body, string sequence, double y)
    {
        for (var i = 0; i < sequence.Length; i++)
            body.Append(Text(Left + (i + 0.5) * Cell, y + 10, "middle", $"{sequence[i]}"));
        return y + 12;
    }

    private static double Heat(StringBuilder body, string name, MutationEffects effects, float[][] values_MC, int output, int rows,
        double y)
    {
        var most = values_MC.Select(v => Math.Abs(v[output])).Where(float.IsFinite).DefaultIfEmpty(0).Max();
        var cells = new Dictionary<string, StringBuilder>();
        for (var m = 0; m < values_MC.Length; m++)
        {
            if (!float.IsFinite(values_MC[m][output]) || most == 0) continue;
            var color = Color(values_MC[m][output] / most);
            if (!cells.TryGetValue(color, out var path)) cells[color] = path = new();
            var mutation = effects.Mutations[m];
            path.Append(Invariant($"M{Left + mutation.Position * Cell} {y + Rows.IndexOf(mutation.Alternative) * Cell}h10v10h-10z"));
        }
        body.Append(Invariant($"<rect x=\"{Left}\" y=\"{y}\" width=\"{effects.Sample.Sequence.Length * Cell}\" height=\"{rows * Cell}\" "))
            .Append("fill=\"none\" stroke=\"var(--line, #d8dde3)\"/>");
        foreach (var (color, path) in cells) body.Append($"<path fill=\"{color}\" d=\"{path}\"/>");
        for (var r = 0; r < rows; r++) body.Append(Text(Left - 6, y + r * Cell + 9, "end", r == 4 ? "deleted" : $"{Rows[r]}"));
        var right = Left + effects.Sample.Sequence.Length * Cell + 6;
        body.Append(Text(right, y + 9, "start", name))
            .Append(Text(right, y + 21, "start", Invariant($"blue {-most:0.##}")))
            .Append(Text(right, y + 33, "start", Invariant($"red +{most:0.##}")));
        return y + rows * Cell + Gap;
    }

    /// <summary>Blue for less, white for nothing, red for more; in steps, so that cells of one colour are drawn together.</summary>
    private static string Color(double share)
    {
        var strength = Math.Round(Math.Min(Math.Abs(share), 1) * 20) / 20;
        var (r, g, b) = share < 0 ? (31, 95, 191) : (192, 54, 44);
        int Mixed(int to) => (int)Math.Round(255 + (to - 255) * strength);
        return $"#{Mixed(r):x2}{Mixed(g):x2}{Mixed(b):x2}";
    }

    private static string Text(double x, double y, string anchor, string text) =>
        Invariant($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">") + WebUtility.HtmlEncode(text) + "</text>";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

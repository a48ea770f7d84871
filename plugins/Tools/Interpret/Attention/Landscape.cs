using PluginHost.Libs.Figures;

namespace PluginHost.Plugins.Interpret.Attention;

/// <summary>Mean attention by position, of the sequences of each class; memory grows with the longest sequence alone.</summary>
/// <param name="align">What lies over what.</param>
/// <param name="site">The position whose surroundings are compared with the rest.</param>
/// <param name="around">Bases on each side of it.</param>
internal sealed class Landscape(Align align, int site, int around)
{
    private readonly SortedDictionary<string, SortedDictionary<int, (double Sum, double Squares, long Count)>> classes =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, NearSite> near = [];

    /// <summary>The classes and how many sequences each has.</summary>
    public IEnumerable<(string Name, long Sequences)> Classes => classes.Keys.Select(c => (c, near[c].Sequences));

    /// <summary>Adds a sequence.</summary>
    public void Add(string name, float[] scores)
    {
        if (!classes.TryGetValue(name, out var at)) (classes[name], near[name]) = (at = [], new());
        var origin = align == Align.Centre ? scores.Length / 2 : 0;
        var (close, all) = (0.0, 0.0);
        for (var i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i])) continue;
            var (sum, squares, count) = at.GetValueOrDefault(i - origin);
            at[i - origin] = (sum + scores[i], squares + (double)scores[i] * scores[i], count + 1);
            all += scores[i];
            if (Math.Abs(i - origin - site) <= around) close += scores[i];
        }
        near[name].Add(close, all);
    }

    /// <summary>
    /// By position: the mean, half of its 95 % interval by the normal distribution, the standard deviation between sequences, and how many
    /// there are. Half is NaN of one sequence.
    /// </summary>
    public IEnumerable<(int Position, double Mean, double Half, double Deviation, long Count)> Of(string name) => classes[name].Select(p =>
    {
        var mean = p.Value.Sum / p.Value.Count;
        var spread = p.Value.Count > 1 ? (p.Value.Squares - p.Value.Count * mean * mean) / (p.Value.Count - 1) : 0;
        var deviation = Math.Sqrt(Math.Max(0, spread));
        return (p.Key, mean, p.Value.Count > 1 ? 1.96 * deviation / Math.Sqrt(p.Value.Count) : double.NaN, deviation, p.Value.Count);
    });

    /// <summary>
    /// The share of all attention near the site with half of its 95 % interval, the share it would have if each base had the same, and
    /// where the mean is highest.
    /// </summary>
    public (double Share, double Half, double Even, int Peak) Near(string name)
    {
        var (nearCount, count) = (0L, 0L);
        foreach (var (position, (_, _, number)) in classes[name])
        {
            count += number;
            if (Math.Abs(position - site) <= around) nearCount += number;
        }
        return (near[name].Share, near[name].Half, (double)nearCount / count,
            Of(name).Select(p => (p.Mean, p.Position)).DefaultIfEmpty().MaxBy(p => p.Mean).Position);
    }

    /// <summary>A line a class with the interval of its mean.</summary>
    public string Draw(string what) => Chart.Lines(
        new("", align == Align.Centre ? "base, 0 the first right of the middle" : "base, counted from 0", what)
        {
            Marks = [(site, "site")],
        },
        [.. classes.Keys.Select(c => new Series(c, [.. Of(c).Select(p => ((double)p.Position, p.Mean))])
        {
            Band = [.. Of(c).Select(p => (p.Mean - p.Half, p.Mean + p.Half))],
        })]);
}

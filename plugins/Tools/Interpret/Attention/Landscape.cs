using PluginHost.Libs.Figures;

namespace PluginHost.Plugins.Interpret.Attention;

/// <summary>Mean attention by position, of the sequences of each class; memory grows with the longest sequence alone.</summary>
/// <param name="align">What lies over what.</param>
internal sealed class Landscape(Align align)
{
    private readonly SortedDictionary<string, SortedDictionary<int, (double Sum, double Squares, long Count)>> classes =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, long> sequences = [];

    /// <summary>The classes and how many sequences each has.</summary>
    public IEnumerable<(string Name, long Sequences)> Classes => classes.Keys.Select(c => (c, sequences[c]));

    /// <summary>Adds a sequence.</summary>
    public void Add(string name, float[] scores)
    {
        if (!classes.TryGetValue(name, out var at)) classes[name] = at = [];
        sequences[name] = sequences.GetValueOrDefault(name) + 1;
        var origin = align == Align.Centre ? scores.Length / 2 : 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i])) continue;
            var (sum, squares, count) = at.GetValueOrDefault(i - origin);
            at[i - origin] = (sum + scores[i], squares + (double)scores[i] * scores[i], count + 1);
        }
    }

    /// <summary>By position: the mean, the standard deviation between sequences, and how many there are.</summary>
    public IEnumerable<(int Position, double Mean, double Deviation, long Count)> Of(string name) => classes[name].Select(p =>
    {
        var mean = p.Value.Sum / p.Value.Count;
        var spread = p.Value.Count > 1 ? (p.Value.Squares - p.Value.Count * mean * mean) / (p.Value.Count - 1) : 0;
        return (p.Key, mean, Math.Sqrt(Math.Max(0, spread)), p.Value.Count);
    });

    /// <summary>The share of all attention near a site, and the share it would have if each base had the same.</summary>
    public (double Share, double Even, int Peak) Near(string name, int site, int around)
    {
        var (near, nearCount, all, count) = (0.0, 0L, 0.0, 0L);
        foreach (var (position, (sum, _, number)) in classes[name])
        {
            (all, count) = (all + sum, count + number);
            if (Math.Abs(position - site) <= around) (near, nearCount) = (near + sum, nearCount + number);
        }
        return (near / all, (double)nearCount / count, Of(name).MaxBy(p => p.Mean).Position);
    }

    /// <summary>A line a class.</summary>
    public string Draw(string what, int site) => Chart.Lines(
        new("", align == Align.Centre ? "base, 0 the first right of the middle" : "base, counted from 0", what)
        {
            Marks = [(site, "site")],
        },
        [.. classes.Keys.Select(c => new Series(c, [.. Of(c).Select(p => ((double)p.Position, p.Mean))]))]);
}

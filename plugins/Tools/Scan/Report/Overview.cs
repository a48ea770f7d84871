using PluginHost.Libs.Figures;
using PluginHost.Plugins.Scan.Truth;

namespace PluginHost.Plugins.Scan.Report;

/// <summary>A track at a glance, in the same memory whatever its length.</summary>
/// <param name="name">Of the output.</param>
/// <param name="isProbability">Whether values are between 0 and 1.</param>
/// <param name="stretches">Names, first bases and lengths of what is scanned, in order.</param>
internal sealed class Overview(string name, bool isProbability, IReadOnlyList<(string Name, long Start, long Length)> stretches)
{
    private const int Parts = 1000, Bins = 40, MostMarks = 40, FewMarks = 8;

    private readonly double[] parts = [.. Enumerable.Repeat(double.NaN, Parts)];
    private readonly long[] bins = new long[Bins];
    private readonly List<float> first = [];
    private readonly long whole = stretches.Sum(s => s.Length);
    private readonly (double Bases, string Name) unit = stretches.Sum(s => s.Length) switch
    {
        < 1_000_000 => (1e3, "kb"),
        _ => (1e6, "Mb"),
    };
    private IReadOnlyList<double> marked = [];
    private (double Low, double High)? range = isProbability ? (0, 1) : null;
    private int stretch;
    private long before;

    /// <summary>Takes the next stretch of the track.</summary>
    public void Add(string chromosome, long start, long end, float value)
    {
        while (stretches[stretch] is var s && (s.Name != chromosome || start >= s.Start + s.Length) && stretch + 1 < stretches.Count)
        {
            before += s.Length;
            stretch++;
        }
        var from = (before + start - stretches[stretch].Start) * Parts / whole;
        var to = (before + end - 1 - stretches[stretch].Start) * Parts / whole;
        for (var part = Math.Max(0, from); part <= to && part < Parts; part++) parts[part] = double.IsNaN(parts[part]) ? value
            : Math.Max(parts[part], value);
    }

    /// <summary>Takes a window's value; where values have no range of their own the first thousands say it.</summary>
    public void Add(float value)
    {
        if (float.IsNaN(value)) return;
        if (range is null)
        {
            first.Add(value);
            if (first.Count == 4096) Settle();
        }
        else Count(value);
    }

    /// <summary>Marks places, where one stretch is scanned and they are few.</summary>
    public void Mark(TruthPlaces places)
    {
        if (stretches is not [var only]) return;
        var inside = places.Near(only.Name, only.Start, only.Start + only.Length)
            .Select(p => (p.Start + p.End) / 2.0 / unit.Bases).ToList();
        if (inside.Count <= MostMarks) marked = inside;
    }

    /// <summary>What the dashed lines are.</summary>
    public string Dashed => marked.Count > 0 ? "true places" : "where chromosomes begin";

    /// <summary>
    /// The place on the chromosome, or where there are several stretches how much was scanned, and the largest value there.
    /// </summary>
    public IReadOnlyList<(double X, double Y)> Track =>
        [.. parts.Select((value, i) => (((i + 0.5) / Parts * whole + From) / unit.Bases, value))];

    /// <summary>Around it.</summary>
    public Frame TrackFrame
    {
        get
        {
            List<(double, string)> marks = [.. marked.Select(place => (place, marked.Count <= FewMarks ? "true" : ""))];
            var at = 0L;
            foreach (var (called, _, length) in stretches)
            {
                if (at > 0 && stretches.Count <= 12) marks.Add((at / unit.Bases, called));
                at += length;
            }
            var along = stretches is [var only] ? $"{only.Name}, {unit.Name}" : $"scanned so far, {unit.Name}";
            return new("", along, name) { Range = isProbability ? (0, 1) : null, Marks = marks };
        }
    }

    private long From => stretches is [var only] ? only.Start : 0;

    /// <summary>Values, and the logarithm of how many windows have them.</summary>
    public IReadOnlyList<(double X, double Y)> Histogram
    {
        get
        {
            if (range is null) Settle();
            var (low, high) = range!.Value;
            return [.. bins.Select((count, i) => (low + (i + 0.5) / Bins * (high - low), Math.Log10(1 + count)))];
        }
    }

    /// <summary>Around it.</summary>
    public Frame HistogramFrame => new("", name, "log10(1 + windows)") { Height = 220 };

    private void Settle()
    {
        var (low, high) = first.Count == 0 ? (0, 1) : ((double)first.Min(), (double)first.Max());
        range = (low, high > low ? high : low + 1);
        foreach (var value in first) Count(value);
        first.Clear();
    }

    private void Count(float value)
    {
        var (low, high) = range!.Value;
        bins[Math.Clamp((int)((value - low) / (high - low) * Bins), 0, Bins - 1)]++;
    }
}

namespace PluginHost.Plugins.Scan.Windows;

/// <summary>
/// Where windows lie: from the start of each stretch on by the stride, the last flush with its end, so that every base is in one; a stretch
/// shorter than a window is one. Those with too many unknown bases are left out. Memory is in proportion to the stretches and gaps.
/// </summary>
internal sealed class WindowPlan
{
    private readonly List<(long First, ScanStretch Stretch, long Number, long Count)> runs = [];
    private readonly int window, stride;

    /// <summary>Plans.</summary>
    /// <param name="stretches">In the order of the genome.</param>
    /// <param name="window">Bases of a window.</param>
    /// <param name="stride">Bases from window to window; at most <paramref name="window"/>.</param>
    /// <param name="maxUnknown">Largest share of bases other than A, C, G and T.</param>
    public WindowPlan(IReadOnlyList<ScanStretch> stretches, int window, int stride, double maxUnknown)
    {
        (this.window, this.stride) = (window, stride);
        foreach (var stretch in stretches) Add(stretch, maxUnknown);
    }

    /// <summary>Windows that are scanned.</summary>
    public long Count { get; private set; }

    /// <summary>Windows that are left out.</summary>
    public long Skipped { get; private set; }

    /// <summary>Bases of the stretches.</summary>
    public long Bases { get; private set; }

    /// <summary>Bases that no window covers, for all around are left out.</summary>
    public long Uncovered { get; private set; }

    /// <summary>Where a window lies.</summary>
    public (ScanStretch Stretch, long Start, int Length) this[long index]
    {
        get
        {
            var (low, high) = (0, runs.Count - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (runs[middle].First <= index) low = middle;
                else high = middle - 1;
            }
            var (first, stretch, number, _) = runs[low];
            return (stretch, StartOf(stretch, number + index - first), (int)Math.Min(window, stretch.Length));
        }
    }

    private long StartOf(ScanStretch stretch, long number) =>
        Math.Max(stretch.Start, Math.Min(stretch.Start + number * stride, stretch.End - window));

    private void Add(ScanStretch stretch, double maxUnknown)
    {
        Bases += stretch.Length;
        var windows = stretch.Length <= window ? 1 : (stretch.Length - window + stride - 1) / stride + 1;
        var length = Math.Min(window, stretch.Length);
        var unknownAtAll = stretch.Genome.CountAmbiguous(stretch.Record, stretch.Start, stretch.End) > 0;
        var (covered, open) = (stretch.Start, false);
        for (var number = 0L; number < windows; number++)
        {
            if (!unknownAtAll)
            {
                Keep(stretch, 0, windows);
                return;
            }
            var start = StartOf(stretch, number);
            if (stretch.Genome.CountAmbiguous(stretch.Record, start, start + length) > maxUnknown * length)
            {
                (open, Skipped) = (false, Skipped + 1);
                continue;
            }
            Uncovered += Math.Max(0, start - covered);
            covered = start + length;
            if (open) runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
            else runs.Add((Count, stretch, number, 1));
            (open, Count) = (true, Count + 1);
        }
        Uncovered += stretch.End - covered;
    }

    private void Keep(ScanStretch stretch, long number, long count)
    {
        runs.Add((Count, stretch, number, count));
        Count += count;
    }
}

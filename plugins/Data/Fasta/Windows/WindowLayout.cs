using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Fasta.Windows;

/// <summary>Lays windows over regions and leaves out those with too many ambiguous bases.</summary>
internal sealed class WindowLayout
{
    private readonly List<WindowRun> runs = [];

    /// <summary>The windows kept, in file order.</summary>
    public IReadOnlyList<WindowRun> Runs => runs;

    /// <summary>Windows kept.</summary>
    public long Count { get; private set; }

    /// <summary>Windows left out for ambiguous bases.</summary>
    public long TooAmbiguous { get; private set; }

    /// <summary>Stretches shorter than the shortest window: the ends of records behind the last tile, and short records.</summary>
    public long TooShort { get; private set; }

    /// <summary>Bases in stretches shorter than the shortest window.</summary>
    public long TooShortBases { get; private set; }

    /// <summary>Lays one window over each region.</summary>
    /// <exception cref="DataException">A record is too long for one sample.</exception>
    public static WindowLayout Whole(IReadOnlyList<Region> regions, int minLength, double maxN)
    {
        var layout = new WindowLayout();
        foreach (var region in regions)
        {
            if (region.Length > 1 << 30)
                throw new DataException($"{DataFile.Show(region.File.Path)}: record '{region.Record.Name}' has {region.Length:N0} bases, "
                    + "too many for one sample; cut it into windows with 'how: tiles'.");
            if (region.Length < minLength) layout.LeaveShort(region.Length);
            else layout.Keep(new(region, region.Start, 1, 1, (int)region.Length), maxN);
        }
        return layout;
    }

    /// <summary>Lays windows one after another; the last of a region is as short as it comes.</summary>
    public static WindowLayout Tiles(IReadOnlyList<Region> regions, int window, int minLength, double maxN)
    {
        var layout = new WindowLayout();
        foreach (var region in regions)
        {
            var full = region.Length / window;
            var tail = (int)(region.Length % window);
            if (full > 0) layout.Keep(new(region, region.Start, window, full, window), maxN);
            if (tail >= minLength) layout.Keep(new(region, region.Start + full * window, 1, 1, tail), maxN);
            else layout.LeaveShort(tail);
        }
        return layout;
    }

    /// <summary>Lays a window every stride bases; one more ends with the region if bases are left there.</summary>
    public static WindowLayout Overlap(IReadOnlyList<Region> regions, int window, int stride, int minLength, double maxN)
    {
        var layout = new WindowLayout();
        foreach (var region in regions)
        {
            if (region.Length < window)
            {
                if (region.Length >= minLength) layout.Keep(new(region, region.Start, 1, 1, (int)region.Length), maxN);
                else layout.LeaveShort(region.Length);
                continue;
            }
            var full = (region.Length - window) / stride + 1;
            layout.Keep(new(region, region.Start, stride, full, window), maxN);
            if (region.Start + (full - 1) * stride + window < region.End) layout.Keep(new(region, region.End - window, 1, 1, window), maxN);
        }
        return layout;
    }

    private void LeaveShort(long bases)
    {
        if (bases == 0) return;
        TooShort++;
        TooShortBases += bases;
    }

    private void Keep(WindowRun run, double maxN)
    {
        if (maxN >= 1)
        {
            Add(run, 0, run.Count);
            return;
        }
        var most = (long)(maxN * run.Length);
        var map = run.Region.Record.Ambiguity;
        var first = 0L;
        for (var i = 0L; i < run.Count;)
        {
            var start = run.Start + i * run.Step;
            if (map is not null)
            {
                // Windows before the next ambiguous base need no look.
                var next = map.FirstEndingAfter(start);
                var clean = next == map.Runs ? run.Count - i : (map[next].Start - run.Length - start) / run.Step + 1;
                if (next == map.Runs || map[next].Start >= start + run.Length)
                {
                    i += Math.Min(clean, run.Count - i);
                    continue;
                }
            }
            if (run.Region.File.CountAmbiguous(run.Region.Record, start, start + run.Length) > most)
            {
                TooAmbiguous++;
                Add(run, first, i);
                first = i + 1;
            }
            i++;
        }
        Add(run, first, run.Count);
    }

    private void Add(WindowRun run, long from, long to)
    {
        if (to <= from) return;
        runs.Add(run with { Start = run.Start + from * run.Step, Count = to - from });
        Count += to - from;
    }
}

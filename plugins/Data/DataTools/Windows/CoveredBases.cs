namespace PluginHost.Plugins.DataTools.Windows;

/// <summary>Which bases features cover, overlapping features counted once.</summary>
internal sealed class CoveredBases
{
    private readonly Dictionary<string, List<(long Start, long End)>> spans = new(StringComparer.Ordinal);
    private bool merged;

    /// <summary>Adds a stretch.</summary>
    public void Add(string record, long start, long end)
    {
        if (!spans.TryGetValue(record, out var list)) spans[record] = list = [];
        list.Add((start, end));
        merged = false;
    }

    /// <summary>The stretches of a record, merged and in order.</summary>
    public IReadOnlyList<(long Start, long End)> this[string record]
    {
        get
        {
            if (!merged) Merge();
            return spans.TryGetValue(record, out var list) ? list : [];
        }
    }

    /// <summary>How many bases of [start, end) are covered.</summary>
    public long Count(string record, long start, long end)
    {
        var list = this[record];
        var (low, high) = (0, list.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (list[middle].End <= start) low = middle + 1;
            else high = middle;
        }
        var count = 0L;
        for (; low < list.Count && list[low].Start < end; low++) count += Math.Min(end, list[low].End) - Math.Max(start, list[low].Start);
        return count;
    }

    private void Merge()
    {
        foreach (var list in spans.Values)
        {
            list.Sort();
            var kept = 0;
            for (var i = 1; i < list.Count; i++)
            {
                if (list[i].Start <= list[kept].End) list[kept] = (list[kept].Start, Math.Max(list[kept].End, list[i].End));
                else list[++kept] = list[i];
            }
            if (list.Count > 0) list.RemoveRange(kept + 1, list.Count - kept - 1);
        }
        merged = true;
    }
}

namespace PluginHost.Plugins.Population.Linkage;

/// <summary>Distances in bins that grow by a factor: as many near ones as far ones have their own.</summary>
internal sealed class DistanceBins
{
    private const int Most = 50;

    /// <param name="longest">The longest distance there is, at least 1.</param>
    public DistanceBins(long longest)
    {
        List<long> edges = [1];
        for (var b = 1; b <= Most; b++)
        {
            var edge = (long)Math.Round(Math.Pow(longest + 1, (double)b / Most));
            if (edge > edges[^1]) edges.Add(edge);
        }
        if (edges[^1] <= longest) edges.Add(longest + 1);
        Edges = edges;
    }

    /// <summary>The first distance of each bin, and behind the last one more.</summary>
    public IReadOnlyList<long> Edges { get; }

    /// <summary>Bins.</summary>
    public int Count => Edges.Count - 1;

    /// <summary>The bin of a distance that is not in one before <paramref name="from"/>.</summary>
    public int Find(long distance, int from)
    {
        while (distance >= Edges[from + 1]) from++;
        return from;
    }
}

using PluginHost;

namespace SignalTrack;

/// <summary>Numbers along a genome: stretches of bases with one value each, which do not overlap. Read by many threads at once.</summary>
internal sealed class Track
{
    private readonly Dictionary<string, (long Start, long End, float Value)[]> stretches;

    /// <param name="path">For messages.</param>
    /// <param name="read">Stretches of each chromosome, in any order: 0-based, half-open.</param>
    /// <exception cref="DataException">Two overlap, or there are none.</exception>
    public Track(string path, Dictionary<string, List<(long Start, long End, float Value)>> read)
    {
        stretches = read.ToDictionary(c => c.Key, c => c.Value.OrderBy(s => s.Start).ToArray(), StringComparer.Ordinal);
        if (stretches.Count == 0) throw new DataException($"{path} has no values: give a bedGraph or a wig track.");
        foreach (var (chromosome, sorted) in stretches)
            for (var i = 1; i < sorted.Length; i++)
                if (sorted[i].Start < sorted[i - 1].End)
                    throw new DataException($"{path} has two values for base {sorted[i].Start} (counted from 0) of {chromosome}; give each "
                        + "base one.");
        Bases = stretches.Values.Sum(c => c.Sum(s => s.End - s.Start));
    }

    /// <summary>Names, in byte order.</summary>
    public IReadOnlyList<string> Chromosomes => [.. stretches.Keys.Order(StringComparer.Ordinal)];

    /// <summary>How many have a value.</summary>
    public long Bases { get; }

    /// <summary>A value for each base, NaN where there is none.</summary>
    public float[] Read(string chromosome, long start, int length)
    {
        var values = new float[length];
        Array.Fill(values, float.NaN);
        if (!stretches.TryGetValue(chromosome, out var sorted)) return values;
        for (var i = First(sorted, start); i < sorted.Length && sorted[i].Start < start + length; i++)
            for (var place = Math.Max(start, sorted[i].Start); place < Math.Min(start + length, sorted[i].End); place++)
                values[place - start] = sorted[i].Value;
        return values;
    }

    /// <summary>The first stretch that ends beyond a place.</summary>
    private static int First((long Start, long End, float Value)[] sorted, long place)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle].End > place) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}

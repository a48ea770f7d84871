using PluginHost.Plugins.Population.Input;

namespace PluginHost.Plugins.Population.Distances;

/// <summary>Distances that were counted already: the real haplotypes among themselves serve every set.</summary>
/// <param name="progress">Is told.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class DistanceCache(Action<string, long, long?> progress, CancellationToken cancellation)
{
    private readonly List<(int Chunk, DistanceCounts Counts)> known = [];

    /// <summary>Those of one set to another, with runs of so many haplotypes.</summary>
    public DistanceCounts Of(HaplotypeSet from, HaplotypeSet to, int chunk)
    {
        foreach (var (size, counts) in known)
            if (size == chunk && counts.From == from && counts.To == to) return counts;
        var made = DistanceCounts.Of(from, to, chunk, progress, cancellation);
        known.Add((chunk, made));
        return made;
    }

    /// <summary>Those of one set to another, whatever the runs.</summary>
    public DistanceCounts Any(HaplotypeSet from, HaplotypeSet to) =>
        known.FirstOrDefault(k => k.Counts.From == from && k.Counts.To == to).Counts ?? Of(from, to, Math.Min(from.Count, to.Count));

    /// <summary>Forgets a set that no other is compared with.</summary>
    public void Forget(HaplotypeSet set) => known.RemoveAll(k => k.Counts.From == set || k.Counts.To == set);
}

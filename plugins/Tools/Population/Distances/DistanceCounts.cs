using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Plugins.Population.Input;
using PluginHost.Plugins.Population.Resampling;

namespace PluginHost.Plugins.Population.Distances;

/// <summary>SNPs that differ between each haplotype of one set and each of another, counted, and the nearest of each.</summary>
/// <remarks>A haplotype is not compared with itself.</remarks>
internal sealed class DistanceCounts
{
    /// <summary>Most bins of a haplotype's own counts.</summary>
    public const int MostBins = 1024;

    private readonly int chunk, whole;

    private DistanceCounts(HaplotypeSet from, HaplotypeSet to, int chunk)
    {
        (From, To, this.chunk) = (from, to, chunk);
        BinWidth = from.Width / MostBins + 1;
        Chunks = to.Count / chunk;
        whole = (to.Count + chunk - 1) / chunk;
        All = new long[from.Width + 1];
        Bins = new int[from.Count][];
        Nearest = new int[from.Count][];
    }

    /// <summary>Whose haplotypes look for neighbours.</summary>
    public HaplotypeSet From { get; }

    /// <summary>Whose haplotypes are looked at.</summary>
    public HaplotypeSet To { get; }

    /// <summary>Distances of a bin.</summary>
    public int BinWidth { get; }

    /// <summary>Ordered pairs by distance.</summary>
    public long[] All { get; }

    /// <summary>The same for each haplotype, in bins: axes haplotype, bin.</summary>
    public int[][] Bins { get; }

    /// <summary>Samples of the other set that have the size asked for.</summary>
    public int Chunks { get; }

    /// <summary>The nearest in each run of the other set's haplotypes, the last of which may be shorter: axes haplotype, run.</summary>
    public int[][] Nearest { get; }

    /// <summary>The run that a haplotype of the other set is in.</summary>
    public int ChunkOf(int row) => row / chunk;

    /// <summary>The nearest of all.</summary>
    public int[] NearestOfAll => [.. Nearest.Select(n => n.Min())];

    /// <summary>Counts.</summary>
    /// <param name="from">Whose haplotypes look.</param>
    /// <param name="to">At whose.</param>
    /// <param name="chunk">Haplotypes of a sample of these.</param>
    /// <param name="progress">Is told.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public static DistanceCounts Of(HaplotypeSet from, HaplotypeSet to, int chunk, Action<string, long, long?> progress,
        CancellationToken cancellation)
    {
        var counts = new DistanceCounts(from, to, chunk);
        var done = 0L;
        var options = new ParallelOptions { CancellationToken = cancellation };
        const int AtOnce = 32;
        Parallel.For(0, (from.Count + AtOnce - 1) / AtOnce, options, () => new long[from.Width + 1], (block, _, own) =>
        {
            for (var row = block * AtOnce; row < Math.Min(from.Count, (block + 1) * AtOnce); row++) counts.Row(row, own);
            var now = Interlocked.Add(ref done, AtOnce);
            lock (counts.All) progress($"haplotypes of {from.Name} compared with {to.Name}", Math.Min(now, from.Count), from.Count);
            return own;
        }, own =>
        {
            lock (counts.All)
                for (var d = 0; d < own.Length; d++) counts.All[d] += own[d];
        });
        return counts;
    }

    private void Row(int row, long[] all)
    {
        var bins = Bins[row] = new int[From.Width / BinWidth + 1];
        var nearest = Nearest[row] = new int[whole];
        var mine = From.Haplotypes.Row(row);
        var counts = new int[From.Width + 1];
        BitMatrix others = To.Haplotypes;
        for (var c = 0; c < whole; c++)
        {
            var least = int.MaxValue;
            for (var other = c * chunk; other < Math.Min(others.Rows, (c + 1) * chunk); other++)
            {
                if (other == row && ReferenceEquals(From, To)) continue;
                var distance = Bits.Xor(mine, others.Row(other));
                counts[distance]++;
                if (distance < least) least = distance;
            }
            nearest[c] = least;
        }
        for (var d = 0; d < counts.Length; d++)
        {
            all[d] += counts[d];
            bins[d / BinWidth] += counts[d];
        }
    }
}

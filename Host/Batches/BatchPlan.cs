using PluginHost.Host.Batches.Contracts;

namespace PluginHost.Host.Batches;

/// <summary>
/// Decides which samples make up each training batch. Every epoch is shuffled afresh and cut into pools; a pool is
/// ordered by length and packed to the token budget, then its batches are shuffled. All of it is a function of
/// (seed, epoch, pool), so any worker count and any resumed run see the same batches.
/// </summary>
/// <param name="source">The training split.</param>
/// <param name="countTokens">Length of a sample in tokens, special ones included.</param>
/// <param name="seed">Seed of the stage's batches.</param>
/// <param name="batchTokens">
/// Padded tokens a batch may have; 0 means go by <paramref name="batchSize"/>. A sample longer than the budget makes a batch of its own.
/// </param>
/// <param name="batchSize">Samples of a batch when there is no token budget; then order is the shuffled one, whatever the lengths.</param>
/// <param name="poolSize">Samples of a pool.</param>
public sealed class BatchPlan(
    ISampleSource source, Func<Sample, int> countTokens, ulong seed, int batchTokens, int batchSize,
        int poolSize = BatchPlan.DefaultPoolSize)
{
    /// <summary>Samples sorted by length together: enough for batches of one length, few enough to look ahead cheaply.</summary>
    public const int DefaultPoolSize = 8192;

    private const ulong ShuffleStream = 1, DrawStream = 2, PackStream = 3;

    // Neighbouring lengths trade places, so that a small data set is not cut into the same batches every epoch.
    private const double LengthJitter = 0.05;

    private readonly long poolSamples = batchTokens > 0 ? poolSize : Math.Max(1, poolSize / batchSize) * (long)batchSize;
    private (long Epoch, int[] Order)? shuffled;

    /// <summary>Pools of an epoch.</summary>
    public long Pools => (source.Count + poolSamples - 1) / poolSamples;

    /// <summary>The samples of a batch, in row order: those that planning drew, or drawn now. Thread-safe.</summary>
    public IReadOnlyList<Sample> Samples(PlannedBatch planned) => planned.Drawn
        ?? [.. planned.Samples.Select(i => Draw(planned.Position.Epoch, i))];

    private Sample Draw(long epoch, long index) =>
        SourceContract.Get(source, index, new SeededRandom(seed, DrawStream, (ulong)epoch, (ulong)index));

    /// <summary>Randomness for collating the batch at a position. Thread-safe.</summary>
    public SeededRandom CollateRandom(BatchPosition position) =>
        new(seed, PackStream + 1, (ulong)position.Epoch, (ulong)position.Pool, (ulong)position.Index);

    /// <summary>The batches from a position on, without end. Not thread-safe.</summary>
    public IEnumerable<PlannedBatch> From(BatchPosition position)
    {
        for (var (epoch, pool, index) = position; ; epoch++, pool = 0)
        {
            for (; pool < Pools; pool++, index = 0)
            {
                var batches = PlanPool(epoch, pool);
                for (; index < batches.Count; index++)
                {
                    var next = index + 1 < batches.Count ? new BatchPosition(epoch, pool, index + 1)
                        : pool + 1 < Pools ? new BatchPosition(epoch, pool + 1, 0)
                        : new BatchPosition(epoch + 1, 0, 0);
                    var done = (pool + (index + 1.0) / batches.Count) / Pools;
                    yield return new PlannedBatch(new BatchPosition(epoch, pool, index), batches[index].Samples, next,
                        done)
                    { Drawn = batches[index].Drawn };
                }
            }
        }
    }

    /// <summary>How many batches an epoch has. Reads every sample's length when there is a token budget.</summary>
    public long CountBatches(long epoch)
    {
        if (batchTokens == 0) return (source.Count + batchSize - 1) / batchSize;
        var count = 0L;
        for (var pool = 0L; pool < Pools; pool++) count += PlanPool(epoch, pool).Count;
        return count;
    }

    private List<Pack> PlanPool(long epoch, long pool)
    {
        var order = Order(epoch);
        var start = pool * poolSamples;
        var members = order.AsSpan((int)start, (int)Math.Min(poolSamples, order.Length - start));
        var random = new SeededRandom(seed, PackStream, (ulong)epoch, (ulong)pool);
        return batchTokens > 0 ? PackByLength(epoch, members, random) : Chunk(members);
    }

    private List<Pack> Chunk(ReadOnlySpan<int> members)
    {
        List<Pack> batches = [];
        for (var at = 0; at < members.Length; at += batchSize)
            batches.Add(new([.. members[at..Math.Min(at + batchSize, members.Length)].ToArray().Select(i => (long)i)], null));
        return batches;
    }

    private List<Pack> PackByLength(long epoch, ReadOnlySpan<int> members, SeededRandom random)
    {
        var items = new (double Key, int Rank, int Tokens, int Sample)[members.Length];
        var drawn = new Sample[members.Length];
        var kept = 0L;
        for (var i = 0; i < items.Length; i++)
        {
            var sample = Draw(epoch, members[i]);
            var tokens = countTokens(sample);
            items[i] = (tokens * (1 + LengthJitter * random.NextDouble()), i, tokens, members[i]);
            kept += KeptSamples.Size(sample);
            if (kept <= KeptSamples.Most) drawn[i] = sample;
        }
        Array.Sort(items, static (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : a.Rank.CompareTo(b.Rank));
        List<Pack> batches = [];
        var (first, longest) = (0, 0);
        for (var i = 0; i <= items.Length; i++)
        {
            longest = i < items.Length ? Math.Max(longest, items[i].Tokens) : longest;
            if (i < items.Length && (i == first || (long)longest * (i - first + 1) <= batchTokens)) continue;
            if (i == first) break;
            var batch = items[first..i];
            batches.Add(
                new([.. batch.Select(b => (long)b.Sample)], kept <= KeptSamples.Most ? [.. batch.Select(b => drawn[b.Rank])] : null));
            (first, longest) = (i, i < items.Length ? items[i].Tokens : 0);
        }
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batches));
        return batches;
    }

    private sealed record Pack(long[] Samples, IReadOnlyList<Sample>? Drawn);

    private int[] Order(long epoch)
    {
        if (shuffled is { } known && known.Epoch == epoch) return known.Order;
        if (source.Count > Array.MaxLength)
            throw new DataException($"The training split has {source.Count:N0} samples; at most {Array.MaxLength:N0} can be shuffled. Use "
                + "larger windows or a part of the data.");
        var order = Enumerable.Range(0, (int)source.Count).ToArray();
        new SeededRandom(seed, ShuffleStream, (ulong)epoch).Shuffle(order.AsSpan());
        shuffled = (epoch, order);
        return order;
    }
}

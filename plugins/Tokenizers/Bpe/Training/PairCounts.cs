using System.Runtime.InteropServices;

namespace PluginHost.Plugins.Bpe.Training;

/// <summary>How often each pair stands side by side, and which stands most often.</summary>
/// <remarks>As in Hugging Face's trainer every neighbouring pair counts, also those that overlap: AAA has AA twice.</remarks>
internal sealed class PairCounts
{
    private readonly Dictionary<int, int> counts = [];
    // Pairs may stand here twice: a second one in the order finds its count gone. Clearing a set would cost its capacity a merge.
    private readonly List<int> raised = [];
    private readonly PriorityQueue<int, long> order = new();

    /// <summary>Adds to a pair's count.</summary>
    public void Change(int left, int right, int by)
    {
        var pair = Pair(left, right);
        CollectionsMarshal.GetValueRefOrAddDefault(counts, pair, out _) += by;
        if (by > 0) raised.Add(pair);
    }

    /// <summary>Forgets a pair that was merged everywhere.</summary>
    public void Remove(int left, int right)
    {
        counts.Remove(Pair(left, right));
    }

    /// <summary>The most frequent pair; of equals the one of the lowest numbers. It leaves the order.</summary>
    /// <returns>False when no pair is left.</returns>
    public bool TryTake(out int left, out int right, out int count)
    {
        foreach (var pair in raised)
            if (counts.GetValueOrDefault(pair) is var now and > 0) order.Enqueue(pair, Rank(pair, now));
        raised.Clear();
        // A count may have fallen since the pair was put in order; then it goes back to its new place.
        while (order.TryDequeue(out var pair, out var rank))
        {
            var current = counts.GetValueOrDefault(pair);
            if (current <= 0) continue;
            if (Rank(pair, current) != rank)
            {
                order.Enqueue(pair, Rank(pair, current));
                continue;
            }
            (left, right, count) = (pair >>> 16, pair & 0xFFFF, current);
            return true;
        }
        (left, right, count) = (0, 0, 0);
        return false;
    }

    private static int Pair(int left, int right) => left << 16 | right;

    private static long Rank(int pair, int count) => ((long)-count << 32) + (uint)pair;
}

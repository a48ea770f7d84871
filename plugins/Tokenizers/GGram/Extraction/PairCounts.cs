using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.GGram;

/// <summary>How often each token and each pair of neighbours occurs.</summary>
internal sealed class PairCounts : IDisposable
{
    private readonly int tokens;
    private readonly long[] lone;   // all tokens, or those that no pair of the dense table begins with
    private readonly uint[]? dense;
    private readonly Dictionary<int, long> overflows = [];
    private readonly SpillingCounter? sparse;

    /// <param name="tokens">Token ids are below this.</param>
    /// <param name="memory">
    /// Bytes the counts of pairs may take: a table of all pairs if it fits, else a hash table that spills to disk.
    /// </param>
    /// <param name="folder">For what does not fit.</param>
    public PairCounts(int tokens, long memory, string folder)
    {
        this.tokens = tokens;
        lone = new long[tokens];
        var pairs = (long)tokens * tokens;
        if (pairs * sizeof(uint) <= memory && pairs <= Array.MaxLength) dense = new uint[pairs];
        else sparse = new(folder, memory);
    }

    /// <summary>Occurrences of each token, axis V.</summary>
    public long[] CountTokens()
    {
        var counts = (long[])lone.Clone();
        if (dense is not null)
            for (var first = 0; first < tokens; first++)
                for (var second = 0; second < tokens; second++) counts[first] += OfDense(first * tokens + second);
        return counts;
    }

    /// <summary>Neighbours in all.</summary>
    public long PairTotal { get; private set; }

    /// <summary>Counts a sequence.</summary>
    public void Add(ReadOnlySpan<int> sequence)
    {
        if (dense is not null) AddDense(sequence);
        else AddSparse(sequence);
    }

    /// <summary>Every pair that occurs. Call once.</summary>
    public IEnumerable<(int First, int Second, long Count)> Pairs(CancellationToken cancellation)
    {
        if (dense is not null)
        {
            for (var first = 0; first < tokens; first++)
                for (var second = 0; second < tokens; second++)
                    if (OfDense(first * tokens + second) is > 0 and var count) yield return (first, second, count);
            yield break;
        }
        foreach (var (key, count) in sparse!.Enumerate(cancellation))
        {
            var pair = (ulong)(key - 1);
            yield return ((int)(pair >> 32), (int)(uint)pair, count);
        }
    }

    public void Dispose() => sparse?.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDense(ReadOnlySpan<int> sequence)
    {
        ref var pairs = ref MemoryMarshal.GetArrayDataReference(dense!);
        ref var singles = ref MemoryMarshal.GetArrayDataReference(lone);
        if (sequence.IsEmpty) return;
        var (stride, total) = (tokens, 0L);
        var before = sequence[0];
        foreach (var token in sequence[1..])
        {
            if ((before | token) >= 0)
            {
                total++;
                // Four billion of one pair are more than most corpora have, but not impossible.
                if (++Unsafe.Add(ref pairs, before * stride + token) == 0) Overflow(before * stride + token);
            }
            // Tokens with a neighbour after them are counted with their pairs.
            else if (before >= 0) Unsafe.Add(ref singles, before)++;
            before = token;
        }
        if (before >= 0) Unsafe.Add(ref singles, before)++;
        PairTotal += total;
    }

    private void AddSparse(ReadOnlySpan<int> sequence)
    {
        var before = TokenStore.Gap;
        foreach (var token in sequence)
        {
            if (token >= 0) lone[token]++;
            if ((before | token) >= 0)
            {
                PairTotal++;
                sparse!.Add(((UInt128)(uint)before << 32 | (uint)token) + 1);
            }
            before = token;
        }
    }

    private long OfDense(int pair) => overflows.Count == 0 ? dense![pair] : dense![pair] + (overflows.GetValueOrDefault(pair) << 32);

    private void Overflow(int pair) => overflows[pair] = overflows.GetValueOrDefault(pair) + 1;
}

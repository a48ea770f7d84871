namespace PluginHost.Libs.Genomics.Leakage;

/// <summary>Finds a sequence among those of a store.</summary>
/// <param name="store">Where the sequences are kept.</param>
public sealed class ExactIndex(SequenceStore store)
{
    private readonly Dictionary<ulong, int> first = [];
    private readonly Dictionary<int, int> sameHash = [];

    /// <summary>The number of an equal sequence, or -1.</summary>
    public int Find(ReadOnlySpan<byte> sequence)
    {
        if (!first.TryGetValue(Letters.Hash(sequence), out var at)) return -1;
        while (!store[at].SequenceEqual(sequence))
            if (!sameHash.TryGetValue(at, out at)) return -1;
        return at;
    }

    /// <summary>Adds a sequence of the store that <see cref="Find"/> does not find.</summary>
    public void Add(int sequence)
    {
        var hash = Letters.Hash(store[sequence]);
        if (first.TryGetValue(hash, out var other)) sameHash[sequence] = other;
        first[hash] = sequence;
    }
}

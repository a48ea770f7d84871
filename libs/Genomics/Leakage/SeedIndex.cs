namespace PluginHost.Libs.Genomics.Leakage;

/// <summary>
/// Proposes, among the sequences of a store, those that may be as close to a query as asked for. None is missed.
/// </summary>
/// <remarks>
/// A sequence is cut into one piece more than the edits it may differ by, so at least one piece stands unchanged in any
/// sequence that close, and no further from its place than that many bases (the pigeonhole principle; Baeza-Yates and Perleberg 1996).
/// The first letters of every piece are kept in a hash table: at 95 % identity that is a seed of 16 letters or so and one
/// entry for twenty bases. What a seed proposes must also agree in length and in base composition.
/// </remarks>
public sealed class SeedIndex
{
    private const int ShortestSeed = 4;
    private const int LongestSeed = 24;
    private const ulong Base = 0x100000001B3UL;

    private readonly SequenceStore store;
    private readonly Closeness closeness;
    private readonly int[][] compositions;
    private readonly List<int> unseeded = [];
    private readonly List<Entry> entries = [];
    private readonly int[] heads;
    private readonly int seed = LongestSeed;
    private readonly ulong leaving = 1;
    private readonly int[] stamps;
    private int stamp;

    private readonly record struct Entry(int Next, int Sequence, int Position, uint Check);

    /// <summary>Indexes a store as it is.</summary>
    public SeedIndex(SequenceStore store, Closeness closeness)
    {
        (this.store, this.closeness) = (store, closeness);
        compositions = new int[store.Count][];
        stamps = new int[store.Count];
        var places = 0L;
        for (var i = 0; i < store.Count; i++)
        {
            var length = store[i].Length;
            compositions[i] = Composition(store[i]);
            var pieces = closeness.Most(length) + 1;
            if (length / pieces < ShortestSeed) continue;
            seed = Math.Min(seed, length / pieces);
            places += pieces;
        }
        for (var i = 1; i < seed; i++) leaving *= Base;
        heads = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(places, 16, 1 << 28))];
        Array.Fill(heads, -1);
        for (var i = 0; i < store.Count; i++) Insert(i);
    }

    /// <summary>Letters of a seed: fewer mean more proposals.</summary>
    public int SeedLength => seed;

    /// <summary>Calls with each proposal, once a query and in a fixed order, until told to stop.</summary>
    /// <param name="query">The sequence to compare.</param>
    /// <param name="accept">Takes the number of a sequence and the edits allowed; true ends the search.</param>
    public void Propose(ReadOnlySpan<byte> query, Func<int, int, bool> accept)
    {
        stamp++;
        var composition = Composition(query);
        foreach (var sequence in unseeded)
            if (MayBeClose(sequence, query.Length, composition, out var allowed) && accept(sequence, allowed)) return;
        if (entries.Count == 0 || query.Length < seed) return;
        var hash = 0UL;
        for (var i = 0; i < query.Length; i++)
        {
            if (i >= seed) hash -= leaving * query[i - seed];
            hash = hash * Base + query[i];
            if (i < seed - 1) continue;
            var position = i - seed + 1;
            var mixed = Letters.Mix(hash);
            for (var at = heads[mixed & (ulong)(heads.Length - 1)]; at >= 0; at = entries[at].Next)
            {
                var entry = entries[at];
                if (entry.Check != (uint)(mixed >> 32) || stamps[entry.Sequence] == stamp) continue;
                if (Math.Abs(entry.Position - position) > closeness.Allowed(Math.Max(query.Length, store[entry.Sequence].Length))) continue;
                stamps[entry.Sequence] = stamp;
                if (MayBeClose(entry.Sequence, query.Length, composition, out var allowed) && accept(entry.Sequence, allowed)) return;
            }
        }
    }

    private void Insert(int sequence)
    {
        var letters = store[sequence];
        var pieces = closeness.Most(letters.Length) + 1;
        if (letters.Length / pieces < ShortestSeed)
        {
            unseeded.Add(sequence);
            return;
        }
        for (var piece = 0; piece < pieces; piece++)
        {
            var start = (int)((long)piece * letters.Length / pieces);
            var hash = 0UL;
            foreach (var letter in letters.Slice(start, seed)) hash = hash * Base + letter;
            var mixed = Letters.Mix(hash);
            ref var head = ref heads[mixed & (ulong)(heads.Length - 1)];
            entries.Add(new(head, sequence, start, (uint)(mixed >> 32)));
            head = entries.Count - 1;
        }
    }

    private bool MayBeClose(int sequence, int length, int[] composition, out int allowed)
    {
        var other = store[sequence].Length;
        allowed = closeness.Allowed(Math.Max(length, other));
        if (Math.Abs(length - other) > allowed) return false;
        var (more, fewer) = (0, 0);
        for (var c = 0; c < composition.Length; c++)
        {
            var difference = composition[c] - compositions[sequence][c];
            if (difference > 0) more += difference;
            else fewer -= difference;
        }
        return Math.Max(more, fewer) <= allowed;
    }

    /// <summary>How many A, C, G, T and other letters: an edit changes one count, or two by one each.</summary>
    private static int[] Composition(ReadOnlySpan<byte> sequence)
    {
        var counts = new int[5];
        foreach (var letter in sequence) counts[letter switch { (byte)'A' => 0, (byte)'C' => 1, (byte)'G' => 2, (byte)'T' => 3, _ => 4 }]++;
        return counts;
    }
}

namespace PluginHost.Libs.Genomics.Leakage;

/// <summary>
/// Groups sequences so that any two close ones share a group, directly or through others between them (single linkage). Equal sequences and
/// reverse complements always do.
/// </summary>
/// <param name="near">When sequences count as nearly the same; null to group only equal ones and reverse complements.</param>
public sealed class SequenceClusters(Closeness? near)
{
    private readonly SequenceStore store = new();
    private readonly List<int> unique = [];
    private ExactIndex? exact;
    private int[] parents = [];

    /// <summary>Adds a sequence.</summary>
    /// <param name="sequence">Upper-case IUPAC codes.</param>
    public void Add(ReadOnlySpan<char> sequence)
    {
        exact ??= new(store);
        var letters = Letters.Of(sequence);
        var same = exact.Find(letters);
        if (same < 0) same = exact.Find(Letters.ReverseComplement(letters));
        if (same < 0) exact.Add(same = store.Add(letters));
        unique.Add(same);
    }

    /// <summary>Different sequences added, a sequence and its reverse complement counted once.</summary>
    public int Unique => store.Count;

    /// <summary>The group of each sequence added, numbered from 0 in the order of their first members.</summary>
    /// <param name="progress">Told how many sequences were compared, and of how many.</param>
    public int[] Groups(Action<long, long>? progress = null)
    {
        parents = [.. Enumerable.Range(0, store.Count)];
        if (near is not null) Join(progress);
        var numbers = new Dictionary<int, int>();
        var groups = new int[unique.Count];
        for (var i = 0; i < groups.Length; i++)
        {
            var root = Root(unique[i]);
            if (!numbers.TryGetValue(root, out var number)) numbers[root] = number = numbers.Count;
            groups[i] = number;
        }
        return groups;
    }

    private void Join(Action<long, long>? progress)
    {
        var seeds = new SeedIndex(store, near!);
        for (var i = 0; i < store.Count; i++)
        {
            var letters = store[i].ToArray();
            Join(seeds, i, letters);
            Join(seeds, i, Letters.ReverseComplement(letters));
            if ((i & 0xFF) == 0 || i == store.Count - 1) progress?.Invoke(i + 1, store.Count);
        }
    }

    private void Join(SeedIndex seeds, int sequence, byte[] letters) => seeds.Propose(letters, (other, allowed) =>
    {
        // Pairs are looked at once, and not at all when others have joined them already.
        if (other < sequence && Root(other) != Root(sequence) && EditDistance.Within(letters, store[other], allowed) >= 0)
            parents[Root(sequence)] = Root(other);
        return false;
    });

    private int Root(int sequence)
    {
        while (parents[sequence] != sequence) sequence = parents[sequence] = parents[parents[sequence]];
        return sequence;
    }
}

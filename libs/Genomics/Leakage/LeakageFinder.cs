namespace PluginHost.Libs.Genomics.Leakage;

/// <summary>
/// Finds test sequences that are known from training: the same, the reverse complement, or nearly the same on either strand.
/// </summary>
/// <remarks>
/// Add the training sequences, then ask. Memory: about a byte a training base, and 16 bytes for twenty more at 95 % identity. Nothing is
/// missed
/// or guessed: proposals are complete, and each is verified by edit distance. Not thread-safe.
/// </remarks>
public sealed class LeakageFinder
{
    private readonly Closeness? near;
    private readonly SequenceStore store = new();
    private readonly ExactIndex exact;
    private readonly List<int> rows = [];
    private SeedIndex? seeds;
    private int added;

    /// <param name="near">When sequences count as nearly the same; null to look for equal ones and reverse complements only.</param>
    public LeakageFinder(Closeness? near)
    {
        this.near = near;
        exact = new(store);
    }

    /// <summary>Adds a training sequence.</summary>
    /// <param name="sequence">Upper-case IUPAC codes.</param>
    /// <returns>Its number.</returns>
    public int Add(ReadOnlySpan<char> sequence)
    {
        var letters = Letters.Of(sequence);
        if (exact.Find(letters) < 0)
        {
            exact.Add(store.Add(letters));
            rows.Add(added);
            seeds = null;
        }
        return added++;
    }

    /// <summary>Looks for a test sequence among those added.</summary>
    /// <param name="sequence">Upper-case IUPAC codes.</param>
    public Leak Find(ReadOnlySpan<char> sequence)
    {
        var letters = Letters.Of(sequence);
        var reverse = Letters.ReverseComplement(letters);
        if (FindEqual(letters, reverse) is { Kind: not LeakKind.None } equal) return equal;
        if (near is null) return new(LeakKind.None, -1, 0);
        seeds ??= new(store, near);
        var found = Nearby(letters);
        return found.Kind == LeakKind.None ? Nearby(reverse) : found;
    }

    /// <summary>Looks for the same sequence or its reverse complement only. Sequences may be added in between at no cost.</summary>
    /// <param name="sequence">Upper-case IUPAC codes.</param>
    public Leak FindEqual(ReadOnlySpan<char> sequence)
    {
        var letters = Letters.Of(sequence);
        return FindEqual(letters, Letters.ReverseComplement(letters));
    }

    /// <summary>Counts the leaks of one split into another.</summary>
    /// <param name="train">Training sequences.</param>
    /// <param name="test">Held-out sequences.</param>
    /// <param name="near">When sequences count as nearly the same; null not to look for such.</param>
    /// <param name="progress">Told the held-out sequences looked for so far.</param>
    public static LeakageCount Count(IEnumerable<string> train, IEnumerable<string> test, Closeness? near, Action<long>? progress = null)
    {
        var finder = new LeakageFinder(near);
        foreach (var sequence in train) finder.Add(sequence);
        var count = new LeakageCount();
        foreach (var sequence in test)
        {
            count.Add(finder.Find(sequence));
            if ((count.Sequences & 0xFF) == 0) progress?.Invoke(count.Sequences);
        }
        return count;
    }

    private Leak FindEqual(byte[] letters, byte[] reverse)
    {
        if (exact.Find(letters) is >= 0 and var same) return new(LeakKind.Exact, rows[same], 0);
        if (exact.Find(reverse) is >= 0 and var reversed) return new(LeakKind.ReverseComplement, rows[reversed], 0);
        return new(LeakKind.None, -1, 0);
    }

    private Leak Nearby(byte[] letters)
    {
        var found = new Leak(LeakKind.None, -1, 0);
        seeds!.Propose(letters, (sequence, allowed) =>
        {
            var edits = EditDistance.Within(letters, store[sequence], allowed);
            if (edits >= 0) found = new(LeakKind.Near, rows[sequence], edits);
            return edits >= 0;
        });
        return found;
    }
}

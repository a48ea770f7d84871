namespace PluginHost.Libs.Attribution.Mutations;

/// <summary>
/// One sequence and its mutants as samples, each sequence once: taking out either of two equal neighbours leaves the same. First the two
/// wild types they are compared with: the whole sequence, and the sequence without its last base, which is as long as one with a deletion.
/// </summary>
public sealed class MutantSource : ISampleSource
{
    private readonly Sample sample;
    private readonly List<string> sequences = [];
    private readonly int[] places;
    private readonly int shorter;

    /// <param name="sample">The sequence.</param>
    /// <param name="mutations">Of it, axis M.</param>
    public MutantSource(Sample sample, IReadOnlyList<Mutation> mutations)
    {
        this.sample = sample;
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        int Place(string sequence)
        {
            if (known.TryGetValue(sequence, out var place)) return place;
            sequences.Add(sequence);
            return known[sequence] = sequences.Count - 1;
        }
        Place(sample.Sequence);
        var deletions = mutations.Any(m => m.IsDeletion);
        shorter = deletions && sample.Sequence.Length > 1 ? Place(sample.Sequence[..^1]) : 0;
        places = [.. mutations.Select(m => Place(m.Apply(sample.Sequence)))];
    }

    /// <inheritdoc/>
    public long Count => sequences.Count;

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random) => index == 0 ? sample
        : sample with { Sequence = sequences[(int)index], Place = null };

    /// <summary>The place of a mutant.</summary>
    /// <param name="mutation">Which, axis M.</param>
    public int Of(int mutation) => places[mutation];

    /// <summary>The place of the wild type that a mutant is compared with.</summary>
    public int WildTypeOf(Mutation mutation) => mutation.IsDeletion ? shorter : 0;
}

namespace PluginHost.Libs.Attribution.Mutations;

/// <summary>
/// The mutants of one sequence as samples, made when asked for. First the two wild types they are compared with: the whole sequence, and
/// the
/// sequence without its last base, which is as long as one with a deletion.
/// </summary>
/// <param name="sample">The sequence.</param>
/// <param name="mutations">Of it.</param>
public sealed class MutantSource(Sample sample, IReadOnlyList<Mutation> mutations) : ISampleSource
{
    /// <summary>Samples that are no mutants.</summary>
    public const int WildTypes = 2;

    /// <inheritdoc/>
    public long Count => WildTypes + mutations.Count;

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random) => index switch
    {
        0 => sample,
        1 => Changed(sample.Sequence.Length > 1 ? sample.Sequence[..^1] : sample.Sequence),
        _ => Changed(mutations[(int)index - WildTypes].Apply(sample.Sequence)),
    };

    /// <summary>The wild type of a mutant, by its place.</summary>
    public static int WildTypeOf(Mutation mutation) => mutation.IsDeletion ? 1 : 0;

    private Sample Changed(string sequence) => sample with { Sequence = sequence, Place = null };
}

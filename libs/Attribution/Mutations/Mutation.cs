namespace PluginHost.Libs.Attribution.Mutations;

/// <summary>A change of one base.</summary>
/// <param name="Position">In the sequence, 0-based.</param>
/// <param name="Reference">The base that is there.</param>
/// <param name="Alternative">The base in its place, or <see cref="Deleted"/>.</param>
public readonly record struct Mutation(int Position, char Reference, char Alternative)
{
    /// <summary>In place of a base that is taken out.</summary>
    public const char Deleted = '-';

    /// <summary>The bases, in the order of tables and figures.</summary>
    public const string Bases = "ACGT";

    /// <summary>Whether the base is taken out.</summary>
    public bool IsDeletion => Alternative == Deleted;

    /// <summary>All of a sequence in the order of positions: three substitutions of each known base, and its deletion.</summary>
    /// <param name="sequence">Bases that are not known are passed over.</param>
    /// <param name="deletions">Whether bases are taken out too; never the last of a sequence, which leaves nothing to compare.</param>
    public static IReadOnlyList<Mutation> Of(string sequence, bool deletions)
    {
        List<Mutation> all = [];
        for (var i = 0; i < sequence.Length; i++)
        {
            var there = sequence[i];
            if (!Bases.Contains(there)) continue;
            all.AddRange(Bases.Where(b => b != there).Select(b => new Mutation(i, there, b)));
            if (deletions && i < sequence.Length - 1) all.Add(new(i, there, Deleted));
        }
        return all;
    }

    /// <summary>The sequence with the change; one base shorter where it is a deletion.</summary>
    public string Apply(string sequence) => IsDeletion
        ? sequence.Remove(Position, 1)
        : string.Concat(sequence.AsSpan(0, Position), [Alternative], sequence.AsSpan(Position + 1));
}

namespace PluginHost.Libs.Attribution.Mutations;

/// <summary>What every mutation of a sequence does to what a model says. Axes: M mutations, C outputs.</summary>
/// <param name="Sample">The sequence.</param>
/// <param name="Outputs">Names, axis C.</param>
/// <param name="WildType">What the model says of the sequence, axis C; NaN where it says nothing of a whole one.</param>
/// <param name="Mutations">Axis M.</param>
/// <param name="Mutant">What it says of each mutant: axes M C.</param>
/// <param name="Difference">Mutant - wild type of the same length: axes M C; NaN where the model cannot say.</param>
/// <param name="LogOdds">
/// log2 of the mutant's odds by the wild type's: axes M C; null where outputs are no probabilities. DNABERT's logOR (section 3.5, figure 6)
/// with its sign turned, so that it falls where the difference does.
/// </param>
public sealed record MutationEffects(
    Sample Sample, IReadOnlyList<string> Outputs, float[] WildType, IReadOnlyList<Mutation> Mutations, float[][] Mutant,
        float[][] Difference,
    float[][]? LogOdds)
{
    /// <summary>Of each base the largest effect of its substitutions, with its sign: NaN where none is known.</summary>
    public float[] Largest(int output) => ByBase(output, values => values.MaxBy(Math.Abs));

    /// <summary>Of each base the mean effect of its substitutions, without signs.</summary>
    public float[] Mean(int output) => ByBase(output, values => values.Average(Math.Abs));

    /// <summary>
    /// The substitution with the largest effect on an output; null where there is none. Deletions move all that follows, so what they do is
    /// not of their base alone.
    /// </summary>
    public int? Strongest(int output)
    {
        int? found = null;
        for (var m = 0; m < Mutations.Count; m++)
            if (!Mutations[m].IsDeletion && float.IsFinite(Difference[m][output])
                && (found is not { } best || Math.Abs(Difference[m][output]) > Math.Abs(Difference[best][output])))
                found = m;
        return found;
    }

    private float[] ByBase(int output, Func<IReadOnlyList<float>, float> join)
    {
        var bases = new float[Sample.Sequence.Length];
        Array.Fill(bases, float.NaN);
        foreach (var position in Enumerable.Range(0, Mutations.Count).Where(m => !Mutations[m].IsDeletion)
            .GroupBy(m => Mutations[m].Position))
            if (position.Select(m => (LogOdds ?? Difference)[m][output]).Where(float.IsFinite).ToList() is { Count: > 0 } values)
                bases[position.Key] = join(values);
        return bases;
    }
}

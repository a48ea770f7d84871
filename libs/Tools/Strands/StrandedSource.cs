namespace PluginHost.Libs.Tools.Strands;

/// <summary>Both strands of a source's sequences: sample 2i is the i-th as it is, 2i + 1 its reverse complement.</summary>
/// <param name="source">Of nucleotides.</param>
public sealed class StrandedSource(ISampleSource source) : ISampleSource
{
    /// <inheritdoc/>
    public long Count => checked(2 * source.Count);

    /// <inheritdoc/>
    public IReadOnlyList<string> LeftOut => source.LeftOut;

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random)
    {
        var sample = source.Get(index / 2, random);
        return index % 2 == 0 ? sample : sample with
        {
            Sequence = Iupac.ReverseComplement(sample.Sequence),
            Place = sample.Place is { } place ? place with { Strand = place.Strand == '-' ? '+' : '-' } : null,
        };
    }

    /// <summary>The mean of what a model says of both strands, "C".</summary>
    public static float[] Mean(float[] forward, float[] reverse)
    {
        var mean = new float[forward.Length];
        for (var c = 0; c < mean.Length; c++) mean[c] = (forward[c] + reverse[c]) / 2;
        return mean;
    }

    /// <summary>
    /// The mean of a number for each base: the reverse strand's are turned round first. NaN of one strand leaves the other's.
    /// </summary>
    public static float[] MeanOfBases(float[] forward, float[] reverse)
    {
        var mean = new float[forward.Length];
        for (var i = 0; i < mean.Length; i++)
        {
            var (one, other) = (forward[i], reverse[^(i + 1)]);
            mean[i] = float.IsNaN(one) ? other : float.IsNaN(other) ? one : (one + other) / 2;
        }
        return mean;
    }
}

namespace PluginHost.Libs.Supervised;

/// <summary>Which dinucleotide stands at each position: for sequences of one length, such as windows centred on a site.</summary>
public sealed class PositionalDinucleotides : IFeatures
{
    /// <inheritdoc/>
    public int Size(IReadOnlyCollection<Sample> samples)
    {
        var length = samples.Count == 0 ? 0 : samples.First().Sequence.Length;
        return samples.All(s => s.Sequence.Length == length) && Nucleotides.AreAll(samples) ? Math.Max(0, 16 * (length - 1)) : 0;
    }

    /// <inheritdoc/>
    public (int[] Index, float[] Value) Of(Sample sample)
    {
        var sequence = sample.Sequence;
        var index = new List<int>(sequence.Length);
        for (var i = 0; i + 1 < sequence.Length; i++)
        {
            var first = "ACGT".IndexOf(sequence[i]);
            var second = "ACGT".IndexOf(sequence[i + 1]);
            if (first >= 0 && second >= 0) index.Add(16 * i + 4 * first + second);
        }
        return ([.. index], [.. Enumerable.Repeat(1f, index.Count)]);
    }
}

namespace PluginHost.Libs.Supervised;

/// <summary>
/// How often each k-mer occurs; words with another letter than A, C, G, T are left out. Those of a second sequence are features of their
/// own.
/// </summary>
/// <param name="k">Bases a word.</param>
/// <param name="pair">Field of a second sequence, or null.</param>
public sealed class KMerCounts(int k, string? pair = null) : IFeatures
{
    /// <inheritdoc/>
    public int Size(IReadOnlyCollection<Sample> samples) => !Nucleotides.AreAll(samples) ? 0 : (1 << (2 * k)) * (pair is null ? 1 : 2);

    /// <inheritdoc/>
    public (int[] Index, float[] Value) Of(Sample sample)
    {
        var counts = new SortedDictionary<int, float>();
        Count(sample.Sequence, 0, counts);
        if (pair is not null) Count(PairEncoding.Second(sample, pair).Sequence, 1 << (2 * k), counts);
        return ([.. counts.Keys], [.. counts.Values]);
    }

    private void Count(string sequence, int first, SortedDictionary<int, float> counts)
    {
        var mask = (1 << (2 * k)) - 1;
        var value = 0;
        var run = 0;
        foreach (var letter in sequence)
        {
            var digit = "ACGT".IndexOf(letter);
            run = digit < 0 ? 0 : run + 1;
            value = (value << 2 | digit & 3) & mask;
            if (run >= k) counts[first + value] = counts.GetValueOrDefault(first + value) + 1;
        }
    }
}

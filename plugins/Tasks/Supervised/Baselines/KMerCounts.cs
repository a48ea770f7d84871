namespace PluginHost.Plugins.Classification;

/// <summary>How often each k-mer occurs; words with another letter than A, C, G, T are left out.</summary>
internal sealed class KMerCounts(int k) : IFeatures
{
    public int Size(IReadOnlyCollection<Sample> samples) => 1 << (2 * k);

    public (int[] Index, float[] Value) Of(string sequence)
    {
        var counts = new SortedDictionary<int, float>();
        var mask = (1 << (2 * k)) - 1;
        var value = 0;
        var run = 0;
        foreach (var letter in sequence)
        {
            var digit = "ACGT".IndexOf(letter);
            run = digit < 0 ? 0 : run + 1;
            value = (value << 2 | digit & 3) & mask;
            if (run >= k) counts[value] = counts.GetValueOrDefault(value) + 1;
        }
        return ([.. counts.Keys], [.. counts.Values]);
    }
}

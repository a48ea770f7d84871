using System.Globalization;
using PluginHost;

namespace GenomeTrack;

/// <summary>The windows of a source that begin in a region of the genome.</summary>
internal sealed class RegionSource : ISampleSource
{
    private readonly ISampleSource inner;
    private readonly long[] chosen;

    /// <param name="inner">All windows; each is looked at once.</param>
    /// <param name="region">Chromosome, start and end: <c>chr2R:2000000-2100000</c>, 0-based and half-open.</param>
    /// <exception cref="DataException">No window begins there.</exception>
    public RegionSource(ISampleSource inner, string region)
    {
        this.inner = inner;
        var colon = region.LastIndexOf(':');
        long[] ends = [.. region[(colon + 1)..].Split('-').Select(end => long.Parse(end, CultureInfo.InvariantCulture))];
        chosen = [.. Indices().Where(i => inner.Get(i, new SeededRandom(0, (ulong)i)).Place is { } place
            && place.Chromosome == region[..colon] && place.Start >= ends[0] && place.Start < ends[1])];
        if (chosen.Length == 0)
            throw new DataException($"No window of the genome begins in {region}; its first sequence is "
                + $"{inner.Get(0, new SeededRandom(0)).Id}.");
    }

    public long Count => chosen.Length;

    public IReadOnlyList<string> LeftOut => inner.LeftOut;

    public Sample Get(long index, SeededRandom random) => inner.Get(chosen[index], random);

    private IEnumerable<long> Indices()
    {
        for (var i = 0L; i < inner.Count; i++) yield return i;
    }
}

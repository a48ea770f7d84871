namespace PluginHost.Host.Batches;

/// <summary>Several inputs as one, one behind the other; knows which each sample is from.</summary>
/// <param name="parts">The inputs, with the names of their files.</param>
public sealed class JoinedInputs(IReadOnlyList<(string? File, ISampleSource Samples)> parts) : ISampleSource
{
    private readonly long[] ends = [.. parts.Select((_, i) => parts.Take(i + 1).Sum(p => p.Samples.Count))];

    /// <inheritdoc/>
    public long Count => ends[^1];

    /// <inheritdoc/>
    public IReadOnlyList<string> LeftOut { get; } =
    [
        .. parts.SelectMany(p => p.Samples.LeftOut.Select(sentence =>
            parts.Count == 1 || p.File is null || sentence.StartsWith(p.File, StringComparison.Ordinal)
                ? sentence : $"{p.File}: {sentence}")),
    ];

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random)
    {
        var part = PartOf(index);
        return parts[part].Samples.Get(part == 0 ? index : index - ends[part - 1], random);
    }

    /// <summary>The file a sample is from, where there are several.</summary>
    public string? FileOf(long index) => parts.Count == 1 ? null : parts[PartOf(index)].File;

    private int PartOf(long index) => Array.BinarySearch(ends, index + 1) is var found && found < 0 ? ~found : found;
}

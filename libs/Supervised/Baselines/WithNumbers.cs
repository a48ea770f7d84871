namespace PluginHost.Libs.Supervised;

/// <summary>The numbers beside a sample's sequence behind other features, or alone.</summary>
/// <param name="read">The numbers of a sample: as many for every one.</param>
/// <param name="others">Features of the sequence, or null.</param>
public sealed class WithNumbers(Func<Sample, float[]> read, IFeatures? others = null) : IFeatures
{
    private int first;

    /// <summary>
    /// The numbers that baselines of an objective read, or null where there are none: its features, else those its tokenizer reads.
    /// </summary>
    public static Func<Sample, float[]>? Of(SequenceOptions options) =>
        options.Features.Length > 0 ? new FeatureScale(options).Read
        : options.BaselineFeatures.Length > 0 ? new NumberFields(options.BaselineFeatures, "baselineFeatures").Read
        : null;

    /// <inheritdoc/>
    public int Size(IReadOnlyCollection<Sample> samples)
    {
        first = others?.Size(samples) ?? 0;
        return samples.Count == 0 || (others is not null && first == 0) ? 0 : first + read(samples.First()).Length;
    }

    /// <inheritdoc/>
    public (int[] Index, float[] Value) Of(Sample sample)
    {
        var (index, value) = others?.Of(sample) ?? ([], []);
        var numbers = read(sample);
        return ([.. index, .. Enumerable.Range(first, numbers.Length)], [.. value, .. numbers]);
    }
}

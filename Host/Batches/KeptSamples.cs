namespace PluginHost.Host.Batches;

/// <summary>How much of what planning draws is kept for collating, so that a sample is not drawn twice.</summary>
internal static class KeptSamples
{
    /// <summary>Most characters of one plan: about a hundred megabytes.</summary>
    public const long Most = 32L << 20;

    /// <summary>A sample's size in characters: its sequence and its fields.</summary>
    public static long Size(Sample sample)
    {
        long size = sample.Sequence.Length;
        foreach (var value in sample.Fields.Values)
            size += value switch { string text => text.Length, float[] numbers => 2L * numbers.Length, _ => 4 };
        return size;
    }
}

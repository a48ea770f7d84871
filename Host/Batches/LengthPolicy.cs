using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Batches;

/// <summary>Stops at a sequence longer than the model where a stage asks for that.</summary>
public static class LengthPolicy
{
    /// <summary>Checks a batch that was just collated.</summary>
    /// <exception cref="DataException">A sequence was cut and <see cref="TooLong.Error"/> is asked for.</exception>
    public static void Check(TooLong policy, CollateContext counted, IEnumerable<Sample> samples)
    {
        if (policy != TooLong.Error || counted.Truncated == 0) return;
        var limit = new EncodeContext(counted.MaxTokens);
        var first = samples.First(s => counted.Tokenizer.Encode(s, limit).DroppedBases > 0);
        throw new DataException(
            $"{first.Where}: the sequence has {first.Sequence.Length:N0} bases, more than the model's {counted.MaxTokens} tokens hold. " +
            "Cut it into windows, use a longer model, or allow cutting with tooLong: truncate.");
    }
}

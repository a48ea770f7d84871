namespace PluginHost.Plugins.Decoders;

/// <summary>Makes tokens less likely, or forbids them, by what was written before.</summary>
/// <param name="options">Validated.</param>
internal sealed class Repetition(SampleOptions options)
{
    private float[] changed = [];

    /// <summary>Whether nothing is changed.</summary>
    public bool IsNone => options is { RepetitionPenalty: 1, NoRepeat: null };

    /// <summary>The log-probabilities after the limits, no longer summing to 1; the same array in every call.</summary>
    public ReadOnlySpan<float> Apply(IReadOnlyList<int> written, ReadOnlySpan<float> logProbabilities)
    {
        if (IsNone) return logProbabilities;
        if (changed.Length != logProbabilities.Length) changed = new float[logProbabilities.Length];
        logProbabilities.CopyTo(changed);
        if (options.RepetitionPenalty > 1)
            foreach (var id in written.Distinct()) changed[id] -= (float)Math.Log(options.RepetitionPenalty);
        if (options.NoRepeat is { } length)
            for (var start = 0; start + length <= written.Count; start++)
                if (IsLikeTheEnd(written, start, length - 1)) changed[written[start + length - 1]] = float.NegativeInfinity;
        return changed;
    }

    private static bool IsLikeTheEnd(IReadOnlyList<int> written, int start, int length)
    {
        for (var i = 0; i < length; i++) if (written[start + i] != written[written.Count - length + i]) return false;
        return true;
    }
}

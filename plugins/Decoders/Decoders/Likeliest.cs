namespace PluginHost.Plugins.Decoders;

/// <summary>The likeliest token.</summary>
internal static class Likeliest
{
    /// <summary>Its id, the smallest of equals; -1 where none is allowed.</summary>
    /// <param name="logProbabilities">Axis V; negative infinity where a token is not allowed.</param>
    public static int Of(ReadOnlySpan<float> logProbabilities)
    {
        var best = -1;
        for (var id = 0; id < logProbabilities.Length; id++)
            if (logProbabilities[id] > (best < 0 ? float.NegativeInfinity : logProbabilities[best])) best = id;
        return best;
    }
}

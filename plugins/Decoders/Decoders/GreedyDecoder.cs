namespace PluginHost.Plugins.Decoders;

/// <summary>Always the likeliest token; of equals the one with the smallest id.</summary>
internal sealed class GreedyDecoder : IDecoder
{
    /// <inheritdoc/>
    public IDecoding Begin(DecodeContext context) => new Greedy(context);

    private sealed class Greedy(DecodeContext context) : RowDecoding(context)
    {
        protected override int Pick(int row, ReadOnlySpan<float> logProbabilities)
        {
            var best = -1;
            for (var id = 0; id < logProbabilities.Length; id++)
                if (IsAllowed(id) && (best < 0 || logProbabilities[id] > logProbabilities[best])) best = id;
            return best;
        }
    }
}

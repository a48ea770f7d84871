namespace PluginHost.Plugins.Decoders;

/// <summary>Always the likeliest token; of equals the one with the smallest id.</summary>
internal sealed class GreedyDecoder : IDecoder
{
    /// <inheritdoc/>
    public bool Draws => false;

    /// <inheritdoc/>
    public IDecoding Begin(DecodeContext context) => new Greedy(context);

    private sealed class Greedy(DecodeContext context) : RowDecoding(context)
    {
        protected override int Pick(int row, IReadOnlyList<int> written, ReadOnlySpan<float> logProbabilities) =>
            Likeliest.Of(logProbabilities);
    }
}

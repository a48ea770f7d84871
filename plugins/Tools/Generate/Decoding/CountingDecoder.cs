namespace PluginHost.Plugins.Generate.Decoding;

/// <summary>Tells how many tokens were written while a batch is: one may take minutes.</summary>
/// <param name="inner">Chooses.</param>
/// <param name="told">Is told the tokens of the batch so far, about once a second.</param>
internal sealed class CountingDecoder(IDecoder inner, Action<long> told) : IDecoder
{
    private long tokens, last = TimeProvider.System.GetTimestamp();

    /// <inheritdoc/>
    public bool Searches => inner.Searches;

    /// <inheritdoc/>
    public bool Draws => inner.Draws;

    /// <inheritdoc/>
    public IDecoding Begin(DecodeContext context) => new Counting(this, inner.Begin(context));

    private void Add(int count)
    {
        tokens += count;
        if (TimeProvider.System.GetElapsedTime(last) < TimeSpan.FromSeconds(1)) return;
        last = TimeProvider.System.GetTimestamp();
        told(tokens);
    }

    private sealed class Counting(CountingDecoder counter, IDecoding inner) : IDecoding
    {
        public IReadOnlyList<DecodeChoice> Choose(DecodeStep step)
        {
            var chosen = inner.Choose(step);
            counter.Add(step.Count);
            return chosen;
        }

        public IReadOnlyList<DecodedSequence> Finish() => inner.Finish();
    }
}

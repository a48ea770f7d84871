namespace PluginHost.Plugins.Decoders;

/// <summary>
/// Beam search: of each prompt the likeliest sequences go on side by side. It ends once no sequence that goes on can become better than
/// the last of those that are given back; with a width of all sequences that there are it is exhaustive.
/// </summary>
/// <param name="options">Validated.</param>
internal sealed class BeamDecoder(BeamOptions options) : IDecoder
{
    /// <inheritdoc/>
    public bool Searches => true;

    /// <inheritdoc/>
    public IDecoding Begin(DecodeContext context) => new Search(context, options);

    private sealed class Search(DecodeContext context, BeamOptions options) : IDecoding
    {
        private readonly BeamRow[] rows = [.. Enumerable.Range(0, context.Rows)
            .Select(row => new BeamRow(row, context.MaxTokens(row), options))];

        // Which row's which sequence stands at each place of the next step.
        private List<BeamRow> places = [];
        private bool begun;

        /// <inheritdoc/>
        public IReadOnlyList<DecodeChoice> Choose(DecodeStep step)
        {
            if (!begun) (places, begun) = ([.. rows], true);
            List<DecodeChoice> choices = [];
            List<BeamRow> next = [];
            for (var first = 0; first < places.Count;)
            {
                var row = places[first];
                foreach (var choice in row.Extend(step, first))
                {
                    choices.Add(choice);
                    next.Add(row);
                }
                while (first < places.Count && places[first] == row) first++;
            }
            places = next;
            return choices;
        }

        /// <inheritdoc/>
        public IReadOnlyList<DecodedSequence> Finish() => [.. rows.SelectMany(r => r.Best())];
    }
}

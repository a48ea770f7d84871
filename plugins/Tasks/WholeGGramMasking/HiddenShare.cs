namespace PluginHost.Plugins.WholeGGramMasking;

/// <summary>
/// Share of the tokens that stand for known bases that was hidden and scored: with whole G-grams it is more than the rate.
/// </summary>
internal static class HiddenShare
{
    private const string Name = "hidden-share";

    /// <summary>The scores of a batch, with its share beside its losses.</summary>
    public static Scored Added(Scored scored, Batch batch, Vocabulary vocabulary) => scored.Labels is not { Length: > 0 } labels ? scored
        : scored with
        {
            Losses = [.. scored.Losses,
            new(Name, labels.Length, batch.Encodings.Sum(e => MaskedRows.Maskable(e, vocabulary).LongCount(m => m)), 0)],
        };
}

namespace PluginHost.Host.Batches;

/// <summary>
/// Batches of the tokenizer's columns alone, unedited: what tools read hidden states of, whatever a model was trained for.
/// </summary>
/// <param name="specialTokens">Whether classification and separator tokens are added.</param>
internal sealed class TokensOnly(bool specialTokens) : IObjective
{
    public IReadOnlyList<HeadRole> Heads => [];

    public IReadOnlyList<BatchKey> Writes => [];

    public ScoreCard Card { get; } = new();

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context) =>
        Collation.Pad(samples, [.. samples.Select(s => context.EncodeWithin(s, context.MaxTokens, specialTokens))],
            context.Tokenizer.Vocabulary.Pad ?? 0);

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch) =>
        throw new NotSupportedException("Tokens alone have no loss.");

    public Scored Score(Predictions predictions, Batch batch) => throw new NotSupportedException("Tokens alone have no score.");
}

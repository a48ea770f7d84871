namespace PluginHost.Host.Batches;

/// <summary>
/// Batches of the tokenizer's columns alone, unedited: what tools read hidden states of, whatever a model was trained for.
/// </summary>
internal sealed class TokensOnly : IObjective
{
    public IReadOnlyList<HeadRole> Heads => [];

    public IReadOnlyList<BatchKey> Writes => [];

    public ScoreCard Card { get; } = new();

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context) =>
        Collation.Pad(samples, [.. samples.Select(context.Encode)], context.Tokenizer.Vocabulary.Pad ?? 0);

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch) =>
        throw new NotSupportedException("Tokens alone have no loss.");

    public Scored Score(Predictions predictions, Batch batch) => throw new NotSupportedException("Tokens alone have no score.");
}

using PluginHost.Libs.NextToken;

namespace PluginHost.Plugins.CausalLm;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Next-token prediction: the loss is the mean cross-entropy over the tokens asked for; padding asks for nothing. Beside
/// it stands bits a base, which compares across tokenizers.
/// </summary>
internal sealed class CausalLmObjective : IObjective
{
    private const string Role = "lm";
    private const int HighestTokenOrder = 3;
    private readonly CausalLmOptions options;
    private readonly Vocabulary vocabulary;
    private readonly int? after;

    /// <exception cref="UsageException">
    /// The architecture sees later tokens, the vocabulary has no padding, or there is no token of the text in
    /// <see cref="CausalLmOptions.After"/>.
    /// </exception>
    public CausalLmObjective(CausalLmOptions options, BuildContext context)
    {
        this.options = options;
        vocabulary = context.Tokenizer.Vocabulary;
        if (!context.Backbone.Shape.Causal)
            throw new UsageException("causal-lm needs an architecture in which no token sees a later one, but "
                + $"{context.Backbone.GetName()} is none; use numeric-gpt, or masked-lm for this one.");
        if (vocabulary.Pad is null) throw new UsageException("causal-lm needs a tokenizer whose vocabulary has a padding token.");
        if (options.After is { } text)
            after = vocabulary.Find(text)
                ?? throw new UsageException($"causal-lm: the tokenizer's vocabulary has no token '{text}' for the option 'after'.");
        Card = new()
        {
            Metrics = ["loss", "perplexity", "accuracy"],
            Baselines =
            [
                new TokenBaseline("unigram", v => new TokenMarkov(v, 0)),
                new TokenBaseline("token markov", v => new TokenMarkov(v, HighestTokenOrder)),
                .. context.Tokenizer.Alphabet.IsDna ? [new TokenBaseline("base markov", v => new BaseMarkov(v))] : Array.Empty<IBaseline>(),
            ],
        };
    }

    public IReadOnlyList<HeadRole> Heads { get; } = [new(Role, new ComponentSpec("token-head"))];

    public IReadOnlyList<BatchKey> Writes { get; } = [Keys.Positions, Keys.PositionLabels];

    public IReadOnlyList<string> DefaultMetrics { get; } = ["loss", "perplexity", "accuracy"];

    public ScoreCard Card { get; }

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var encodings = samples.Select(context.Encode).ToList();
        var batch = Collation.Pad(samples, encodings, vocabulary.Pad!.Value);
        var asked = new AskedTokens((int)batch.Axis("T"));
        for (var b = 0; b < encodings.Count; b++)
        {
            if (context.Mode == CollateMode.Predict) asked.AskBlindly(b, encodings[b]);
            else AskFor(asked, b, encodings[b]);
        }
        return asked.Write(batch).SetTargets(TokenTally.Term, asked.Targets);
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        var sum = Extras.masked_cross_entropy(predictions[Role], batch[Keys.PositionLabels], Keys.Ignore);
        return [new(TokenTally.Term, sum, batch.TargetCounts[TokenTally.Term])];
    }

    public Scored Score(Predictions predictions, Batch batch)
    {
        var scores = TokenScores.Read(predictions[Role], batch);
        if (batch.TargetCounts[TokenTally.Term] == 0) return new() { Predicted = [.. scores.Predicted.Select(p => (int)p)] };
        var (all, rows) = (new TokenTally(), batch.Samples.Select(_ => new TokenTally()).ToList());
        foreach (var token in AskedToken.Of(batch))
            foreach (var tally in (TokenTally[])[all, rows[token.Row]])
                tally.Add(token, (int)scores.Predicted[token.Index], scores.Losses[token.Index]);
        return new()
        {
            Labels = all.Labels, Predicted = all.Predicted, Losses = [.. all.Losses()],
            RowLosses = [.. rows.Select(r => r.Losses().ToList())],
        };
    }

    private void AskFor(AskedTokens asked, int row, EncodedSequence encoding)
    {
        var from = after is { } id ? Array.LastIndexOf(encoding.Ids, id) : -1;
        if (after is not null && from < 0) return;
        var numbers = encoding.TryGet<bool>(Keys.NumberMask, out var isNumber) ? isNumber : null;
        asked.AskAll(row, encoding, t => t > from && encoding.Ids[t] != vocabulary.Unknown && numbers?[t] != true
            && (options.SpecialTokens || encoding.Spans[t].Length > 0));
    }
}

using PluginHost;

namespace Contrast;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// The normalised temperature-scaled cross-entropy of SimCLR (Chen et al. 2020), an InfoNCE loss (van den Oord et al. 2018): each view has
/// to find the other view of its sequence among all views of the batch. DNABERT-S (Zhou et al. 2024) trains genome embeddings so.
/// </summary>
/// <remarks>
/// The wrong answers are those of one micro-batch: 'accumulate' does not add to them, 'batchTokens' does. A sequence that stands twice in a
/// batch is a wrong answer to itself. Axes: R rows, two for each sample, one behind the other; E width.
/// </remarks>
internal sealed class ContrastObjective : IObjective
{
    private const string Role = "projection";
    private const string Term = "contrast";
    private readonly ContrastOptions options;
    private readonly Views views;

    public ContrastObjective(ContrastOptions options)
    {
        this.options = options;
        views = new Views(options);
        Heads = [new(Role, new ComponentSpec("projection-head", new Dictionary<string, object?> { ["width"] = (long)options.Width }))];
    }

    public IReadOnlyList<HeadRole> Heads { get; }

    public IReadOnlyList<BatchKey> Writes { get; } = [];

    public ScoreCard Card => new()
    {
        Metrics = ["loss", "view-recall"], SelectionMetric = "view-recall", Baselines = [new WordBaseline(this)],
    };

    /// <summary>Two rows a sample where views are compared, one for prediction.</summary>
    public int CountTokens(Sample sample, ITokenizer tokenizer, EncodeContext context) =>
        tokenizer.CountTokens(sample, context) * (context.Scoring || context.Random is not null ? 2 : 1);

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var pad = context.Tokenizer.Vocabulary.Pad ?? 0;
        if (context.Mode == CollateMode.Predict) return Collation.Pad(samples, [.. samples.Select(context.Encode)], pad);
        var rows = samples.SelectMany(s => (Sample[])[views.Draw(s, context.Random), views.Draw(s, context.Random)])
            .Select(context.Encode).ToList();
        // No encodings: tokens of a view do not stand for bases of the sample where it was cut or turned round.
        var batch = Collation.Pad(samples, [], pad, shown: rows).SetTargets(Term, rows.Count);
        batch.SampleOfRow = [.. Enumerable.Range(0, rows.Count).Select(row => row / 2)];
        return batch;
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch) => [Loss(predictions[Role])];

    /// <summary>The vectors themselves, one a row: what 'host predict' writes, and what metrics over a whole split compare.</summary>
    public Scored Score(Predictions predictions, Batch batch) => Score(predictions[Role], batch);

    /// <summary>The same for vectors from anywhere, of length 1; baselines come through here too.</summary>
    public Scored Score(Tensor vectors_RE, Batch batch)
    {
        using var scope = NewDisposeScope();
        var vectors = ScoredItems.Rows(vectors_RE.to_type(ScalarType.Float32));
        if (batch.SampleOfRow.Count == 0) return new() { Ids = [.. batch.Samples.Select(s => s.Id)], Outputs = vectors };
        var loss = Loss(vectors_RE);
        return new()
        {
            Ids = [.. batch.SampleOfRow.Select(sample => batch.Samples[sample].Id)],
            Rows = [.. Enumerable.Range(0, batch.SampleOfRow.Count)],
            Outputs = vectors,
            Losses = [new(Term, loss.Sum.item<float>(), loss.Count, 1)],
        };
    }

    private LossTerm Loss(Tensor vectors_RE)
    {
        using var scope = NewDisposeScope();
        // In half precision a similarity is known to two digits, and is then divided by a small number.
        using var whole = Autocast.Disable(vectors_RE.device);
        vectors_RE = vectors_RE.to_type(ScalarType.Float32);
        var row_R = arange(vectors_RE.shape[0], ScalarType.Int64, vectors_RE.device);
        var similar_RR = (matmul(vectors_RE, vectors_RE.t()) / options.Temperature)
            .masked_fill(row_R.unsqueeze(0).eq(row_R.unsqueeze(1)), double.NegativeInfinity);
        var other_R = row_R + 1 - 2 * row_R.remainder(2);
        var sum = functional.cross_entropy(similar_RR, other_R, reduction: Reduction.Sum);
        return new(Term, sum.MoveToOuterDisposeScope(), row_R.shape[0]);
    }
}

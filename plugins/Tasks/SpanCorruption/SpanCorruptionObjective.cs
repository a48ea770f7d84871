namespace PluginHost.Plugins.SpanCorruption;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Replaces random spans by indexed sentinels and asks the decoder for each sentinel and what it stands for (Raffel et al. 2020,
/// 3.1.4; ENBED's masked language modelling, Malusare et al. 2024). The decoder reads the target shifted right, from padding on.
/// </summary>
/// <remarks>Axes: B samples, T input tokens, U target tokens, V vocabulary.</remarks>
internal sealed class SpanCorruptionObjective : IObjective
{
    public const string Role = "lm";
    public const string Term = "span-corruption";

    private readonly SpanCorruptionOptions options;
    private readonly Vocabulary vocabulary;
    private readonly Sentinels sentinels;

    public SpanCorruptionObjective(SpanCorruptionOptions options, Vocabulary vocabulary)
    {
        this.options = options;
        this.vocabulary = vocabulary;
        sentinels = new Sentinels(vocabulary);
        Card = new()
        {
            Metrics = ["loss", "perplexity", "accuracy"],
            Baselines =
            [
                new ContextBaseline("unigram", sentinels, 0),
                new ContextBaseline("markov", sentinels, options.BaselineOrder),
                new ContextBaseline("markov-by-place", sentinels, options.BaselineOrder, byPlace: true),
            ],
        };
    }

    public IReadOnlyList<HeadRole> Heads { get; } = [new(Role, new ComponentSpec("decoder-head"))];

    public IReadOnlyList<BatchKey> Writes { get; } = [Keys.DecoderIds, Keys.DecoderLabels];

    public IReadOnlyList<string> DefaultMetrics { get; } = ["loss", "perplexity", "accuracy"];

    public ScoreCard Card { get; }

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var rows = samples.Select(sample => Corrupt(sample, context)).ToList();
        // Spans of bases no longer apply to the edited tokens: the batch has no encodings.
        var batch = Collation.Pad(samples, [], sentinels.Pad,
            shown: [.. rows.Select(r => new EncodedSequence(r.Input, new BaseSpan[r.Input.Length]))]);
        var length = rows.Max(r => r.Target.Length);
        var ids = new long[rows.Count * length];
        var labels = new long[rows.Count * length];
        Array.Fill(ids, sentinels.Pad);
        Array.Fill(labels, Keys.Ignore);
        var real = 0L;
        for (var b = 0; b < rows.Count; b++)
        {
            var target = rows[b].Target;
            for (var u = 0; u < target.Length; u++)
            {
                if (u > 0) ids[b * length + u] = target[u - 1];
                if (context.Mode != CollateMode.Predict) labels[b * length + u] = target[u];
            }
            real += target.Length;
        }
        (batch.RealTokens, batch.Tokens) = (batch.RealTokens + real, batch.Tokens + ids.Length);
        return batch
            .Set(Keys.DecoderIds, tensor(ids, [rows.Count, length]))
            .Set(Keys.DecoderLabels, tensor(labels, [rows.Count, length]))
            .SetTargets(Term, context.Mode == CollateMode.Predict ? 0 : real);
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        var sum = Extras.masked_cross_entropy(predictions[Role], batch[Keys.DecoderLabels], Keys.Ignore);
        return [new(Term, sum, batch.TargetCounts[Term])];
    }

    public Scored Score(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var logits_XV = predictions[Role].flatten(0, 1).to_type(ScalarType.Float32);
        var predicted = logits_XV.argmax(1).cpu().data<long>().ToArray();
        if (batch.TargetCounts[Term] == 0) return new() { Predicted = [.. predicted.Select(p => (int)p)] };
        var labels = batch[Keys.DecoderLabels].flatten().cpu().data<long>().ToArray();
        var losses = functional.cross_entropy(logits_XV, batch[Keys.DecoderLabels].flatten(), ignore_index: Keys.Ignore,
            reduction: Reduction.None)
            .cpu().data<float>().ToArray();
        var (all, rows) = (new Tally(vocabulary), batch.Samples.Select(_ => new Tally(vocabulary)).ToList());
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == Keys.Ignore) continue;
            foreach (var tally in (Tally[])[all, rows[i * rows.Count / labels.Length]])
                tally.Add((int)labels[i], (int)predicted[i], losses[i]);
        }
        return all.ToScored() with { RowLosses = [.. rows.Select(r => r.ToScored().Losses)] };
    }

    private Corruption Corrupt(Sample sample, CollateContext context)
    {
        var encoding = context.Encode(sample);
        var tokens = encoding.Ids.Where((_, t) => encoding.Spans[t].Length > 0).ToArray();
        if (tokens.Length == 0)
            throw new DataException($"{sample.Where}: no token of the sequence stands for bases, so there is nothing to hide.");
        if (sample.Sequence.AsSpan().IndexOfAny("ACGTacgt") < 0)
            throw new DataException($"{sample.Where}: the sequence has no A, C, G or T, so there is nothing to learn from it; drop it, or "
                + "set the data's maxN.");
        if (context.Mode == CollateMode.Predict)
            return new([.. tokens, .. sentinels.End is { } end ? [end] : Array.Empty<int>()], [sentinels.Pad]);
        var spans = NoiseSpans.Draw(tokens.Length, options.Rate, options.MeanSpan, context.Random);
        if (spans.Count > sentinels.Ids.Count)
            throw new UsageException(
                $"{sample.Where}: {tokens.Length:N0} tokens have {spans.Count} hidden spans, but the tokenizer has {sentinels.Ids.Count} "
                    + "sentinels. " +
                "Give it more, or raise meanSpan, or use shorter sequences.");
        return Corruption.Of(tokens, spans, sentinels);
    }
}

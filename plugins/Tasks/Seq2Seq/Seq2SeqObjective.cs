namespace PluginHost.Plugins.Seq2Seq;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// Sequence to sequence by teacher forcing: every token of the target, and its end, given the source and the target's tokens before it.
/// The loss is their mean cross-entropy; accuracy is over tokens that stand for bases.
/// </summary>
internal sealed class Seq2SeqObjective : IWritingObjective
{
    public const string Role = "lm";
    public const string Term = "seq2seq";

    /// <summary>The loss where the target differs from the source, of pairs with as many tokens on both sides.</summary>
    public const string OnChanges = "loss-on-changes";

    /// <summary>Training samples that baselines are fitted on, the first ones: more would only take time.</summary>
    public const int MostBaselineSamples = 20_000;

    private const string Itself = "sequence";

    private readonly Seq2SeqOptions options;
    private readonly Vocabulary vocabulary;
    private readonly Alphabet alphabet;
    private readonly PairMarks marks;
    private readonly IPairLayout layout;
    private readonly Writing writing;

    /// <exception cref="UsageException">
    /// The architecture is neither encoder-decoder nor causal, or the vocabulary lacks a token.
    /// </exception>
    public Seq2SeqObjective(Seq2SeqOptions options, BuildContext context)
    {
        (this.options, vocabulary, alphabet) = (options, context.Tokenizer.Vocabulary, context.Tokenizer.Alphabet);
        var backbone = context.Backbone;
        var causal = backbone.Shape.Causal;
        if (!causal && !backbone.Streams.Contains(StreamKey.Decoder))
            throw new UsageException($"seq2seq needs an encoder-decoder or a causal architecture, but {backbone.GetName()} is neither; use "
                + "byte-seq2seq or numeric-gpt.");
        marks = PairMarks.Of(options, vocabulary, causal);
        layout = causal ? new OneSequenceLayout(marks, backbone.Shape.MaxTokens)
            : new EncoderDecoderLayout(marks, (backbone as IIncremental)?.MaxGrown);
        Heads = [new(Role, layout.Head)];
        writing = new Writing(options, this, backbone is IIncremental ? context.Build<IDecoder>(options.Decoder) : null);
        Card = new()
        {
            Metrics = options.DecodeSamples > 0 ? ["loss", "perplexity", "accuracy", ExactMatch.Name] : ["loss", "perplexity", "accuracy"],
            Baselines = [new CopyBaseline(this), .. alphabet.IsDna ? [new MarkovBaseline(this)] : Array.Empty<IBaseline>()],
        };
    }

    public IReadOnlyList<HeadRole> Heads { get; }

    public IReadOnlyList<BatchKey> Writes => layout.Writes;

    public ScoreCard Card { get; }

    public IReadOnlyCollection<int> Ends => marks.End is { } end ? [end] : [];

    public int WrittenSamples => options.DecodeSamples;

    public int CountTokens(Sample sample, ITokenizer tokenizer, EncodeContext context) =>
        tokenizer.CountTokens(sample, context) + 1
            + (options.Target == Itself || sample.Fields.ContainsKey(options.Target)
                ? tokenizer.CountTokens(Target(sample), context with { SpecialTokens = false, MaxTokens = int.MaxValue }) : 0);

    public void Check(IEnumerable<Sample> samples)
    {
        foreach (var sample in samples) Target(sample);
    }

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        if (context.Mode == CollateMode.Predict)
            return layout.Prompt(samples, [.. samples.Select(s => Source(s, context))]).SetTargets(Term, 0);
        var noise = context.Mode == CollateMode.Train ? options.InputNoise : 0;
        var pairs = samples.Select(s => Encode(s, context).Noisy(noise, context.Random)).ToList();
        return layout.Teach(samples, pairs).SetTargets(Term, pairs.Sum(p => (long)marks.Ended(p.Target).Length));
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        var sum = Extras.masked_cross_entropy(predictions[Role], batch[layout.Labels], Keys.Ignore,
            label_smoothing: options.LabelSmoothing);
        return [new(Term, sum, batch.TargetCounts[Term])];
    }

    public Scored Score(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var logits_NV = predictions[Role].to_type(ScalarType.Float32).reshape(-1, predictions[Role].shape[^1]);
        var predicted = logits_NV.argmax(1).cpu().data<long>().ToArray();
        if (batch.TargetCounts[Term] == 0) return new() { Predicted = [.. predicted.Select(p => (int)p)] };
        var labels_N = batch[layout.Labels].reshape(-1);
        var labels = labels_N.cpu().data<long>().ToArray();
        var losses = functional.cross_entropy(logits_NV, labels_N, ignore_index: Keys.Ignore, reduction: Reduction.None)
            .cpu().data<float>().ToArray();
        var rows = layout.Rows(batch);
        var tally = new PairTally(vocabulary, [.. batch.Encodings.Select(Bases)]);
        for (var i = 0; i < labels.Length; i++)
            if (labels[i] != Keys.Ignore) tally.Add(rows[i], (int)labels[i], (int)predicted[i], losses[i]);
        return tally.ToScored();
    }

    /// <inheritdoc/>
    public Scored ScoreWritten(TrainedModel model, IReadOnlyList<Sample> samples, int? mostTokens, CancellationToken cancellation) =>
        writing.Score(model, samples, mostTokens, cancellation);

    /// <summary>The target as a sample of its own.</summary>
    /// <exception cref="DataException">It is missing, empty, or of other characters.</exception>
    public Sample Target(Sample sample)
    {
        if (options.Target == Itself && !sample.Fields.ContainsKey(Itself)) return sample;
        var text = sample.Text(options.Target);
        if (text.Length == 0)
            throw new DataException($"{sample.Where}: the target '{options.Target}' is empty; give it bases or drop the row.");
        return sample with { Sequence = alphabet.Normalize(text, $"{sample.Where}, {options.Target}") };
    }

    /// <summary>The samples that the model is let write, and so must be what it is compared with.</summary>
    public IEnumerable<Sample> Chosen(IReadOnlyList<Sample> samples) => writing.Chosen(samples);

    /// <summary>Both sides in tokens.</summary>
    /// <exception cref="DataException">The pair is longer than the model.</exception>
    public Pair Encode(Sample sample, CollateContext context)
    {
        var pair = new Pair(Source(sample, context), [.. context.EncodeWithin(Target(sample), int.MaxValue, specialTokens: false).Ids]);
        layout.Check(sample, pair);
        return pair;
    }

    /// <summary>The tokens of a source that stand for bases.</summary>
    public static int[] Bases(EncodedSequence source) => [.. source.Ids.Where((_, t) => source.Spans[t].Length > 0)];

    private EncodedSequence Source(Sample sample, CollateContext context) =>
        context.EncodeWithin(sample, context.MaxTokens, layout.SpecialTokens);
}

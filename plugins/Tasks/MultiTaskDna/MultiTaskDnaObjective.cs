using PluginHost.Libs.NextToken;

namespace PluginHost.Plugins.MultiTaskDna;

using PluginHost.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>
/// DNAGPT's three tasks (Zhang et al. 2023, 3.1, 3.2 and 9). Each sequence, flipped at random, is given to one of them by lot: read to its
/// end for its next tokens; a random stretch of it followed by <c>= M</c>, asking for the stretch's GC content; or
/// followed by <c>= B</c>, asking whether it is flipped. Next tokens are asked for in all three. Loss: cross-entropy of tokens and answers
/// plus 0.01 times
/// the squared error.
/// </summary>
internal sealed class MultiTaskDnaObjective : IObjective
{
    public const string Order = "order";
    public const string Gc = "gc";
    public const string OrderAccuracy = "order-accuracy";

    /// <summary>The term when next tokens and order's answers are taken together.</summary>
    public const string Pooled = "cross-entropy";

    private const string Tokens = "lm";
    private const string Numbers = "numbers";
    private readonly MultiTaskDnaOptions options;
    private readonly Vocabulary vocabulary;
    private readonly Answers answers;

    /// <exception cref="UsageException">The architecture sees later tokens, or the vocabulary lacks the tokens of the prompts.</exception>
    public MultiTaskDnaObjective(MultiTaskDnaOptions options, BuildContext context)
    {
        this.options = options;
        vocabulary = context.Tokenizer.Vocabulary;
        if (!context.Backbone.Shape.Causal)
            throw new UsageException("dna-multitask needs an architecture in which no token sees a later one, but "
                + $"{context.Backbone.GetName()} is none; use numeric-gpt.");
        if (!context.Tokenizer.Alphabet.IsDna)
            throw new UsageException($"dna-multitask asks for GC content and order of nucleotides, but the tokenizer reads sequences of "
                + $"{context.Tokenizer.Alphabet.Characters}; use causal-lm.");
        answers = new Answers(vocabulary, options);
        var lm = new HeadRole(Tokens, new ComponentSpec("token-head"));
        Heads = AsksNumbers ? [lm, new(Numbers, new ComponentSpec("number-head"))] : [lm];
        Writes =
        [
            Keys.Positions, Keys.PositionLabels,
            Columns.IsFlipped,
            .. AsksOrder ? [Columns.IsOrder] : Array.Empty<BatchKey>(),
            .. AsksNumbers ? [Keys.NumberPositions, Keys.NumberPositionTargets] : Array.Empty<BatchKey>(),
        ];
        Card = new()
        {
            Metrics = AsksNumbers ? ["loss", "gc-r2"] : ["loss"],
            Baselines =
            [
                new MultiTaskBaseline("unigram, chance, mean", options, v => new TokenMarkov(v, 0)),
                new MultiTaskBaseline("base markov, chance, mean", options, v => new BaseMarkov(v)),
                new TwoWayBaseline(options),
            ],
        };
    }

    public IReadOnlyList<HeadRole> Heads { get; }

    public IReadOnlyList<BatchKey> Writes { get; }

    public ScoreCard Card { get; }

    private bool AsksNumbers => options.Gc > 0;

    private bool AsksOrder => options.Order > 0;

    /// <exception cref="DataException">Every sequence has too many N.</exception>
    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var predicts = context.Mode == CollateMode.Predict;
        var rows = new ExerciseRows(answers, vocabulary.Unknown);
        var exercises = samples.Select(s => predicts ? new Exercise(TaskKind.NextToken, s) : Exercise.Draw(s, options, context.Random))
            .ToList();
        if (exercises.TrueForAll(e => e.Task == TaskKind.None))
            throw new DataException($"{samples[0].Where}: this and all {samples.Count} sequences of a batch have more than "
                + $"{100 * options.MaxN:0.##} % N and are left out; raise 'maxN', or let the data source leave such sequences out (its "
                + "own 'maxN').");
        foreach (var exercise in exercises) rows.Add(exercise, context);
        var (batch, nextTokens, orders, contents) = rows.Write(predicts, AsksNumbers, AsksOrder);
        if (options.PooledCrossEntropy) batch.SetTargets(Pooled, nextTokens + orders);
        else
        {
            batch.SetTargets(TokenTally.Term, nextTokens);
            if (AsksOrder) batch.SetTargets(Order, orders);
        }
        return AsksNumbers ? batch.SetTargets(Gc, contents) : batch;
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var logits_MV = predictions[Tokens].to_type(ScalarType.Float32);
        var labels_M = batch[Keys.PositionLabels];
        List<LossTerm> terms = [];
        if (options.PooledCrossEntropy) Add(Pooled, CrossEntropy(labels_M), 1);
        else if (!AsksOrder) Add(TokenTally.Term, CrossEntropy(labels_M), 1);
        else
        {
            var isOrder_M = batch[Columns.IsOrder];
            Add(TokenTally.Term, CrossEntropy(labels_M.masked_fill(isOrder_M, Keys.Ignore)), 1);
            Add(Order, CrossEntropy(labels_M.masked_fill(isOrder_M.logical_not(), Keys.Ignore)), options.OrderWeight);
        }
        if (AsksNumbers)
        {
            var targets_Q = batch[Keys.NumberPositionTargets];
            var asked_Q = targets_Q.isnan().logical_not();
            var errors_Q = (predictions[Numbers]
                .to_type(ScalarType.Float32) - targets_Q.masked_fill(asked_Q.logical_not(), 0)) * asked_Q.to_type(ScalarType.Float32);
            Add(Gc, errors_Q.square().sum(), options.GcWeight);
        }
        return terms;

        Tensor CrossEntropy(Tensor wanted_M) => Extras.masked_cross_entropy(logits_MV, wanted_M, Keys.Ignore);

        void Add(string name, Tensor sum, float weight) =>
            terms.Add(new(name, sum.MoveToOuterDisposeScope(), batch.TargetCounts[name], weight));
    }

    public Scored Score(Predictions predictions, Batch batch)
    {
        var scores = TokenScores.Read(predictions[Tokens], batch);
        var labels_M = batch[Keys.PositionLabels].cpu().data<long>().ToArray();
        if (labels_M.All(l => l == Keys.Ignore)) return new() { Predicted = [.. scores.Predicted.Select(p => (int)p)] };
        var (all, rows) = (new MultiTaskFigures(options), batch.Samples.Select(_ => new MultiTaskFigures(options)).ToList());
        var length = batch.Axis("T");
        foreach (var token in AskedToken.Of(batch))
            foreach (var figures in Of(token.Row))
                figures.Tokens.Add(token, (int)scores.Predicted[token.Index], scores.Losses[token.Index]);
        if (AsksOrder)
        {
            var isOrder_M = batch[Columns.IsOrder].cpu().data<bool>().ToArray();
            var positions_M = batch[Keys.Positions].cpu().data<long>().ToArray();
            for (var m = 0; m < isOrder_M.Length; m++)
                if (isOrder_M[m])
                    foreach (var figures in Of(positions_M[m] / length))
                        figures.AddOrder(scores.Losses[m], scores.Predicted[m] == labels_M[m] ? 1 : 0);
        }
        if (AsksNumbers)
        {
            var outputs_Q = predictions[Numbers].to_type(ScalarType.Float32).cpu().data<float>().ToArray();
            var targets_Q = batch[Keys.NumberPositionTargets].cpu().data<float>().ToArray();
            var positions_Q = batch[Keys.NumberPositions].cpu().data<long>().ToArray();
            for (var q = 0; q < targets_Q.Length; q++)
                if (!float.IsNaN(targets_Q[q]))
                    foreach (var figures in Of(positions_Q[q] / length)) figures.AddGc(outputs_Q[q], targets_Q[q]);
        }
        return all.ToScored() with { RowLosses = [.. rows.Select(r => r.ToScored().Losses)] };

        MultiTaskFigures[] Of(long row) => [all, rows[(int)row]];
    }
}

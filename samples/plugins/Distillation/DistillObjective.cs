using PluginHost;

namespace Distillation;

using static TorchSharp.torch;

/// <summary>
/// Knowledge distillation (Hinton, Vinyals and Dean 2015): weight * T^2 * KL(teacher || student) at temperature T, and (1 - weight) times
/// the task's own loss. All else is the task's: its heads, its batches, its figures, its baselines.
/// </summary>
/// <remarks>
/// A model folder that was trained so needs its teacher no more: there, figures are the task's alone. Axes: N items, which are sequences
/// or scored positions, C classes or ids.
/// </remarks>
internal sealed class DistillObjective : IFittedObjective
{
    private const string Term = "distillation";
    private readonly DistillOptions options;
    private readonly IObjective task;
    private readonly string role;
    private readonly Teacher? teacher;

    public DistillObjective(DistillOptions options, BuildContext context)
    {
        this.options = options;
        task = context.Build<IObjective>(options.Task!);
        Heads = task.Heads;
        role = options.Role ?? Heads.FirstOrDefault()?.Name
            ?? throw new UsageException("distill: the task has no heads, so that there are no outputs to match.");
        if (Heads.All(h => h.Name != role))
            throw new UsageException($"distill: the task has no role '{role}'; it has: {string.Join(", ", Heads.Select(h => h.Name))}.");
        if (Card.ProblemType is not (null or "single_label_classification"))
            throw new UsageException($"distill matches scores that compete, of classes or tokens; '{options.Task!.Use}' gives others.");
        if (context.OpenModel(options.Teacher) is { } model) teacher = new Teacher(model, options.Teacher, role, context.Tokenizer);
    }

    public IReadOnlyList<HeadRole> Heads { get; }

    public IReadOnlyList<BatchKey> Writes => task.Writes;

    public ScoreCard Card => task.Card;

    public IReadOnlyList<string> Notes => (task as IFittedObjective)?.Notes ?? [];

    public IReadOnlyList<string> Warnings => (task as IFittedObjective)?.Warnings ?? [];

    /// <summary>What the task finds in the training split goes into its own options.</summary>
    public IReadOnlyDictionary<string, object?> Fit(IEnumerable<Sample> train)
    {
        if ((task as IFittedObjective)?.Fit(train) is not { Count: > 0 } found) return new Dictionary<string, object?>();
        var with = new Dictionary<string, object?>(options.Task!.With, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in found) with[name] = value;
        return new Dictionary<string, object?> { ["task"] = options.Task with { With = with } };
    }

    public int CountTokens(Sample sample, ITokenizer tokenizer, EncodeContext context) => task.CountTokens(sample, tokenizer, context);

    public void Check(IEnumerable<Sample> samples) => task.Check(samples);

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        var batch = task.Collate(samples, context);
        // The teacher is asked wherever the task itself asks something.
        if (teacher is not null && context.Mode != CollateMode.Predict)
            batch.SetTargets(Term, batch.TargetCounts.Values.DefaultIfEmpty(samples.Count).Max());
        return batch;
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        var own = task.Loss(predictions, batch);
        if (teacher is null) return own;
        return [.. own.Select(term => term with { Weight = (float)(term.Weight * (1 - options.Weight)) }), Matched(predictions, batch)];
    }

    /// <summary>The task's figures, and beside them how far the student is from its teacher.</summary>
    public Scored Score(Predictions predictions, Batch batch)
    {
        var scored = task.Score(predictions, batch);
        if (teacher is null || !batch.TargetCounts.ContainsKey(Term)) return scored;
        using var scope = NewDisposeScope();
        var matched = Matched(predictions, batch);
        return scored with
        {
            Losses = [.. scored.Losses.Select(loss => loss with { Weight = loss.Weight * (1 - options.Weight) }),
                new(Term, matched.Sum.item<float>(), matched.Count, matched.Weight)],
        };
    }

    private LossTerm Matched(Predictions predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        var (student_NC, teacher_NC) = (Softened(predictions[role]), Softened(teacher!.Answer(batch)));
        if (!student_NC.shape.SequenceEqual(teacher_NC.shape))
            throw new UsageException($"distill: the teacher's outputs of role '{role}' have shape [{string.Join(", ", teacher_NC.shape)}], "
                + $"the student's [{string.Join(", ", student_NC.shape)}]; both have to be trained for the same classes.");
        // Items that the task does not count are left out here too.
        var each_N = (teacher_NC.exp() * (teacher_NC - student_NC)).sum(-1).flatten();
        var count = batch.TargetCounts[Term];
        var sum = Counted(each_N, batch).sum();
        return new(Term, sum.MoveToOuterDisposeScope(), count, (float)(options.Weight * options.Temperature * options.Temperature));
    }

    private static Tensor Counted(Tensor each_N, Batch batch)
    {
        foreach (var key in (BatchKey[])[Keys.Class, Keys.PositionLabels, Keys.Labels, Keys.DecoderLabels])
            if (batch.TryGet(key, out var labels) && labels.numel() == each_N.shape[0])
                return each_N.masked_select(labels.flatten().ne(Keys.Ignore));
        return each_N;
    }

    private Tensor Softened(Tensor scores) => (scores.to_type(ScalarType.Float32) / options.Temperature).log_softmax(-1);
}

using TorchSharp;

namespace PluginHost.Fixtures;

using static TorchSharp.torch;

public enum TaskFault { None, NoBatch, FewSamples, StrangeId, NoLoss, LossNotFinite, LossDetached, Undeclared, UnequalWidth, UnknownClass }

/// <summary>Whether a sequence has more A than T.</summary>
internal sealed class BadTask(TaskFault fault) : IObjective
{
    private const string Term = "class";

    public IReadOnlyList<HeadRole> Heads => [new("class", new ComponentSpec("bad-head"))];

    public IReadOnlyList<BatchKey> Writes => [Keys.Class];

    public ScoreCard Card { get; } = new() { Metrics = ["accuracy"], SelectionMetric = "accuracy", OutputNames = ["no", "yes"] };

    public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
    {
        if (fault == TaskFault.NoBatch) return null!;
        var named = fault == TaskFault.FewSamples ? [.. samples.Skip(1)] : samples;
        var batch = Collation.Pad(named, [.. named.Select(context.Encode)], context.Tokenizer.Vocabulary.Pad!.Value);
        if (fault == TaskFault.StrangeId) batch[Keys.InputIds].fill_(77);
        return batch.Set(Keys.Class, tensor(named.Select(s => (long)Truth(s)).ToArray())).SetTargets(Term, named.Count);
    }

    public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
    {
        if (fault == TaskFault.NoLoss) return null!;
        var sum = nn.functional.cross_entropy(predictions["class"].to(ScalarType.Float32), batch[Keys.Class],
            reduction: nn.Reduction.Sum);
        if (fault == TaskFault.LossNotFinite) sum *= float.NaN;
        if (fault == TaskFault.LossDetached) sum = sum.detach();
        return [new(fault == TaskFault.Undeclared ? "other" : Term, sum, batch.Axis("B"))];
    }

    public Scored Score(Predictions predictions, Batch batch)
    {
        var scored = ScoredItems.Classes(batch, predictions["class"], Term);
        if (fault == TaskFault.UnequalWidth) return scored with { Labels = [.. scored.Labels!, 0] };
        return fault == TaskFault.UnknownClass ? scored with { Predicted = [.. scored.Predicted!.Select(_ => 9)] } : scored;
    }

    private static int Truth(Sample s) => s.Sequence.Count(c => c == 'A') > s.Sequence.Count(c => c == 'T') ? 1 : 0;
}

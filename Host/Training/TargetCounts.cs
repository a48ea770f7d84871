namespace PluginHost.Host.Training;

using static TorchSharp.torch;

/// <summary>
/// Targets of each loss term over all micro-batches of a step. Dividing each micro-batch's sums by these makes the
/// accumulated gradient that of one large batch, however unequal the micro-batches are.
/// </summary>
public sealed class TargetCounts
{
    private readonly Dictionary<string, long> counts = [];

    /// <summary>Adds up what batches declare.</summary>
    public static TargetCounts Sum(IEnumerable<Batch> batches)
    {
        var total = new TargetCounts();
        foreach (var batch in batches)
            foreach (var (term, count) in batch.TargetCounts)
                total.counts[term] = total.counts.GetValueOrDefault(term) + count;
        return total;
    }

    /// <summary>One micro-batch's share of the step's loss: the sum over terms of weight times sum / count.</summary>
    /// <exception cref="PluginException">A term was not declared by <see cref="Batch.SetTargets"/>.</exception>
    public Tensor Total(IReadOnlyList<LossTerm> terms)
    {
        Tensor? total = null;
        foreach (var term in terms)
        {
            if (term.Weight == 0) continue;
            if (!counts.TryGetValue(term.Name, out var count))
                throw new PluginException($"The objective gives a loss term '{term.Name}' that its batches do not declare; they declare: "
                    + $"{string.Join(", ", counts.Keys.Order())}.");
            // A step may hold no target of a term at all; its sum is zero then.
            var share = term.Sum.to(ScalarType.Float32) * (term.Weight / (double)Math.Max(1, count));
            total = total is null ? share : total + share;
        }
        return total ?? throw new PluginException("The objective gives no loss term with a weight; training needs one.");
    }
}

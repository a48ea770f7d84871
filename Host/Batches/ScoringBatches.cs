using PluginHost.Host.Batches.Contracts;

namespace PluginHost.Host.Batches;

/// <summary>
/// The batches a split is scored in: always the same ones, with the same draws, so that a reloaded model gives the same bits.
/// </summary>
public sealed record ScoringBatches
{
    /// <summary>The split.</summary>
    public required ISampleSource Source { get; init; }

    /// <summary>Makes them.</summary>
    public required BatchRecipe Recipe { get; init; }

    /// <summary>Seeds the draws of sources and objectives: the same at every evaluation.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether labels are asked for.</summary>
    public CollateMode Mode { get; init; } = CollateMode.Evaluate;

    /// <summary>Most samples, evenly spaced over the split; 0 means all.</summary>
    public long Limit { get; init; }

    /// <summary>How many samples there are.</summary>
    public long Count => Limit > 0 ? Math.Min(Limit, Source.Count) : Source.Count;

    /// <summary>Places of the samples in the split, in order.</summary>
    public IEnumerable<long> Places => ScoringPlan.Choose(Source.Count, Limit);

    /// <summary>A sample as every evaluation draws it. Thread-safe.</summary>
    public Sample Draw(long index) => SourceContract.Get(Source, index, new SeededRandom(Seed, 1, (ulong)index));

    /// <summary>The batches, in order.</summary>
    public IReadOnlyList<PlannedBatch> Plan() => Plan([.. Places], 0);

    /// <summary>
    /// The batches of one stretch of the split after another, so that memory does not grow with it; planned as they are asked for.
    /// </summary>
    /// <param name="stretch">Samples that are sorted by length together.</param>
    public IEnumerable<PlannedBatch> PlanByStretches(int stretch)
    {
        var ordinal = 0;
        foreach (var places in Places.Chunk(stretch))
            foreach (var planned in Plan(places, ordinal))
            {
                ordinal = planned.Next.Index;
                yield return planned;
            }
    }

    private IReadOnlyList<PlannedBatch> Plan(IReadOnlyList<long> places, int first)
    {
        var drawn = new Dictionary<long, Sample>();
        var kept = 0L;
        int Length(long index)
        {
            var sample = Draw(index);
            if ((kept += KeptSamples.Size(sample)) <= KeptSamples.Most) drawn[index] = sample;
            return Recipe.CountTokens(sample, Mode);
        }
        var packed = ScoringPlan.Pack(places.Select(i => (i, Length(i))), Recipe.BatchTokens, Recipe.BatchSize);
        if (kept > KeptSamples.Most) drawn.Clear();
        return [.. packed.Select((samples, i) => new PlannedBatch(At(first + i), samples, At(first + i + 1), (i + 1.0) / packed.Count)
        {
            Drawn = drawn.Count > 0 ? [.. samples.Select(s => drawn[s])] : null,
        })];
    }

    /// <summary>Makes one batch of the plan. Thread-safe.</summary>
    public PreparedBatch Make(PlannedBatch planned) => Recipe.Make(
        planned, planned.Drawn ?? [.. planned.Samples.Select(Draw)], Mode, new SeededRandom(Seed, 2, (ulong)planned.Position.Index),
            progress: 1);

    /// <summary>Batches made on workers, in order; the caller disposes of each, and of the feed.</summary>
    public BatchFeed<PlannedBatch, PreparedBatch> Feed() => Feed(Plan());

    /// <inheritdoc cref="Feed()"/>
    public BatchFeed<PlannedBatch, PreparedBatch> Feed(IEnumerable<PlannedBatch> plan) => new(plan, Make, Recipe.Workers);

    private static BatchPosition At(int ordinal) => new(0, 0, ordinal);
}

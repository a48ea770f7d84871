namespace PluginHost.Host.Batches;

/// <summary>The batches a split is scored in: always the same ones, with the same draws, so that a reloaded model gives the same bits.</summary>
public sealed record ScoringBatches
{
    // Characters of sequences that planning drew and that are kept for collating.
    private const long MostKept = 32L << 20;

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
    public Sample Draw(long index) => Source.Get(index, new SeededRandom(Seed, 1, (ulong)index));

    /// <summary>The batches, in order.</summary>
    public IReadOnlyList<PlannedBatch> Plan()
    {
        var drawn = new Dictionary<long, Sample>();
        var kept = 0L;
        int Length(long index)
        {
            var sample = Draw(index);
            if ((kept += sample.Sequence.Length) <= MostKept) drawn[index] = sample;
            return Recipe.CountTokens(sample, Mode);
        }
        var packed = ScoringPlan.Pack(Places.Select(i => (i, Length(i))), Recipe.BatchTokens, Recipe.BatchSize);
        if (kept > MostKept) drawn.Clear();
        return [.. packed.Select((samples, ordinal) => new PlannedBatch(At(ordinal), samples, At(ordinal + 1), (ordinal + 1.0) / packed.Count)
        {
            Drawn = drawn.Count > 0 ? [.. samples.Select(i => drawn[i])] : null,
        })];
    }

    /// <summary>Makes one batch of the plan. Thread-safe.</summary>
    public PreparedBatch Make(PlannedBatch planned) => Recipe.Make(
        planned, planned.Drawn ?? [.. planned.Samples.Select(Draw)], Mode, new SeededRandom(Seed, 2, (ulong)planned.Position.Index), progress: 1);

    /// <summary>Batches made on workers, in order; the caller disposes of each, and of the feed.</summary>
    public BatchFeed<PlannedBatch, PreparedBatch> Feed() => new(Plan(), Make, Recipe.Workers);

    private static BatchPosition At(int ordinal) => new(0, 0, ordinal);
}

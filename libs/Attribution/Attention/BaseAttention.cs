using PluginHost.Libs.Tools.Bases;

namespace PluginHost.Libs.Attribution.Attention;

/// <summary>Attention of the last layer by bases, where the architecture shows it.</summary>
/// <param name="model">Asked.</param>
public sealed class BaseAttention(TrainedModel model)
{
    private readonly AttentionScores scores = new(model);

    /// <summary>Why there is none; null while there is.</summary>
    public string? Missing { get; private set; }

    /// <summary>That of a few sequences, axis of their bases; null where the architecture shows none.</summary>
    public IReadOnlyList<float[]>? Of(IReadOnlyList<Sample> samples)
    {
        if (Missing is not null) return null;
        var found = new float[samples.Count][];
        try
        {
            foreach (var (batch, places) in model.Batches(new Listed(samples), new() { TokensOnly = true }))
            {
                var rows = scores.Of(batch);
                for (var b = 0; b < rows.Count; b++)
                    found[places[b]] = BaseSpread.Mean(batch.Encodings[b].Spans, rows[b], batch.Samples[b].Sequence.Length);
            }
        }
        catch (UsageException none)
        {
            Missing = none.Message;
            return null;
        }
        return found;
    }

    private sealed class Listed(IReadOnlyList<Sample> samples) : ISampleSource
    {
        public long Count => samples.Count;

        public Sample Get(long index, SeededRandom random) => samples[(int)index];
    }
}

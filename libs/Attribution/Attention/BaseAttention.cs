using PluginHost.Libs.Tools.Bases;
using PluginHost.Libs.Tools.Input;

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
            foreach (var (batch, places) in model.Batches(new ListedSource(samples), new() { TokensOnly = true }))
            {
                var rows = scores.OfBases(batch);
                for (var b = 0; b < rows.Count; b++) found[places[b]] = rows[b];
            }
        }
        catch (UsageException none)
        {
            Missing = none.Message;
            return null;
        }
        return found;
    }
}

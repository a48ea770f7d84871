using System.Globalization;

namespace PluginHost.Host.Batches;

/// <summary>What turning sequences into tokens lost: nothing is dropped silently.</summary>
/// <param name="Sequences">Sequences encoded.</param>
/// <param name="Truncated">Of these, longer than the model.</param>
/// <param name="DroppedBases">Bases cut off them.</param>
/// <param name="BaseTokens">Tokens that stand for bases.</param>
/// <param name="UnknownTokens">Of these, outside the vocabulary.</param>
/// <param name="LeftOut">Sequences the objective left out.</param>
public sealed record EncodingTally(
    long Sequences = 0, long Truncated = 0, long DroppedBases = 0, long BaseTokens = 0, long UnknownTokens = 0, long LeftOut = 0)
{
    /// <summary>Takes in what another counted.</summary>
    public EncodingTally Plus(EncodingTally counted) => new(
        Sequences + counted.Sequences, Truncated + counted.Truncated, DroppedBases + counted.DroppedBases,
        BaseTokens + counted.BaseTokens, UnknownTokens + counted.UnknownTokens, LeftOut + counted.LeftOut);

    /// <summary>Sentences for the user; none when nothing was lost.</summary>
    public IEnumerable<string> Sentences(int maxTokens)
    {
        if (Truncated > 0)
            yield return $"{Truncated:N0} of {Sequences:N0} sequences were longer than the model's {maxTokens} tokens and were cut: "
                + $"{DroppedBases:N0} bases dropped. " +
                "Use windows, a longer model, or tooLong: error to stop instead.";
        if (LeftOut > 0) yield return $"{LeftOut:N0} of {Sequences:N0} sequences were left out by the objective.";
        if (UnknownTokens > 0)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{100.0 * UnknownTokens / BaseTokens:0.###} % of the tokens ({UnknownTokens:N0} of {BaseTokens:N0}) are outside the "
                    + $"vocabulary: they hold N or other ambiguous bases.");
    }
}

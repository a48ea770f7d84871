using System.Globalization;

namespace PluginHost.Host.Batches;

/// <summary>What turning sequences into tokens lost: nothing is dropped silently.</summary>
/// <param name="Sequences">Sequences encoded.</param>
/// <param name="Truncated">Of these, longer than the model.</param>
/// <param name="DroppedBases">Bases cut off them.</param>
/// <param name="BaseTokens">Tokens that stand for bases.</param>
/// <param name="UnknownTokens">Of these, outside the vocabulary.</param>
/// <param name="LeftOut">Sequences the objective left out.</param>
/// <param name="Ambiguous">Of the unknown tokens, those that hold other letters than A, C, G and T.</param>
/// <param name="Short">Of the unknown tokens, those that are a whole sequence, shorter than the tokenizer's words.</param>
public sealed record EncodingTally(
    long Sequences = 0, long Truncated = 0, long DroppedBases = 0, long BaseTokens = 0, long UnknownTokens = 0, long LeftOut = 0,
    long Ambiguous = 0, long Short = 0)
{
    /// <summary>Takes in what another counted.</summary>
    public EncodingTally Plus(EncodingTally counted) => new(
        Sequences + counted.Sequences, Truncated + counted.Truncated, DroppedBases + counted.DroppedBases,
        BaseTokens + counted.BaseTokens, UnknownTokens + counted.UnknownTokens, LeftOut + counted.LeftOut,
        Ambiguous + counted.Ambiguous, Short + counted.Short);

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
                    + $"vocabulary: {string.Join("; ", Reasons())}.");
    }

    private IEnumerable<string> Reasons()
    {
        if (Ambiguous > 0) yield return $"{Ambiguous:N0} hold{(Ambiguous == 1 ? "s" : "")} N or other letters than A, C, G and T";
        if (Short > 0)
            yield return Short == 1 ? "1 is a whole sequence, shorter than the tokenizer's words"
                : $"{Short:N0} are whole sequences, shorter than the tokenizer's words";
        if (UnknownTokens - Ambiguous - Short is > 0 and var others)
            yield return $"{others:N0} hold{(others == 1 ? "s" : "")} only A, C, G and T, but the vocabulary lacks "
                + (others == 1 ? "the word" : "the words");
    }
}

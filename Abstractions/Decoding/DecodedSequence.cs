namespace PluginHost;

/// <summary>What was written after a prompt.</summary>
/// <param name="Row">Of the prompts.</param>
/// <param name="Tokens">Without the prompt; with the stop token where there was one.</param>
/// <param name="LogProbability">Sum over the tokens, in nats, by the model's own probabilities.</param>
/// <param name="End">Why it ended.</param>
public sealed record DecodedSequence(int Row, IReadOnlyList<int> Tokens, double LogProbability, DecodeEnd End)
{
    /// <summary>Whether a stop token ended it.</summary>
    public bool Stopped => End == DecodeEnd.Stop;

    /// <summary>What decoders that search order sequences by; the log-probability where they do not.</summary>
    public double Score { get; init; } = LogProbability;
}

namespace PluginHost;

using static TorchSharp.torch;

/// <summary>A plugin kind: chooses the next tokens while a model writes.</summary>
public interface IDecoder
{
    /// <summary>Begins with the prompts of one batch.</summary>
    IDecoding Begin(DecodeContext context);
}

/// <summary>The choices for one batch of prompts. Axes: N sequences that go on, V vocabulary.</summary>
public interface IDecoding
{
    /// <summary>Chooses for every sequence that goes on.</summary>
    /// <param name="logProbabilities_NV">Of the next token: Float32 on the CPU, rows that sum to 1 when exponentiated.</param>
    /// <returns>The sequences that go on after this token; none ends the writing.</returns>
    IReadOnlyList<DecodeChoice> Choose(Tensor logProbabilities_NV);

    /// <summary>What was written; asked for once, at the end.</summary>
    IReadOnlyList<DecodedSequence> Finish();
}

/// <summary>A sequence that goes on.</summary>
/// <param name="Continues">Which of the N sequences before it continues.</param>
/// <param name="Token">By which token.</param>
public readonly record struct DecodeChoice(int Continues, int Token);

/// <summary>What a decoder may use.</summary>
/// <param name="Rows">Prompts: N at the beginning.</param>
/// <param name="Vocabulary">The model's.</param>
/// <param name="Limits">When to stop.</param>
public sealed record DecodeContext(int Rows, Vocabulary Vocabulary, DecodeLimits Limits);

/// <summary>When writing stops, and what draws come from.</summary>
/// <param name="MaxTokens">Most tokens to write, the stop token included.</param>
public sealed record DecodeLimits(int MaxTokens)
{
    /// <summary>Tokens that end a sequence. Default: none.</summary>
    public IReadOnlyCollection<int> Stop { get; init; } = [];

    /// <summary>Tokens that are never chosen. Default: none.</summary>
    public IReadOnlyCollection<int> Forbidden { get; init; } = [];

    /// <summary>
    /// Every draw follows from it and from the row's <see cref="FirstRow"/>-based number, whatever the batches. Default 0.
    /// </summary>
    public ulong Seed { get; init; }

    /// <summary>Number of the first prompt among all batches. Default 0.</summary>
    public long FirstRow { get; init; }
}

/// <summary>What was written after a prompt.</summary>
/// <param name="Row">Of the prompts.</param>
/// <param name="Tokens">Without the prompt; with the stop token where there was one.</param>
/// <param name="LogProbability">Sum over the tokens, in nats, by the model's own probabilities.</param>
/// <param name="Stopped">Whether a stop token ended it, and not the limit.</param>
public sealed record DecodedSequence(int Row, IReadOnlyList<int> Tokens, double LogProbability, bool Stopped);

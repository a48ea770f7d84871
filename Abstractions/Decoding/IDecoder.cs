namespace PluginHost;

/// <summary>A plugin kind: chooses the next tokens while a model writes.</summary>
public interface IDecoder
{
    /// <summary>
    /// Whether several sequences of one prompt are held against each other, or what was chosen may be dropped again (beams). Models that
    /// fill in masks token by token cannot use such a decoder. Default false.
    /// </summary>
    bool Searches => false;

    /// <summary>
    /// Whether the same prompt may give another sequence each time, so that asking again makes sense. Default: unless it searches.
    /// </summary>
    bool Draws => !Searches;

    /// <summary>Begins with the prompts of one batch.</summary>
    IDecoding Begin(DecodeContext context);
}

/// <summary>The choices for one batch of prompts.</summary>
public interface IDecoding
{
    /// <summary>Chooses for every sequence that goes on.</summary>
    /// <param name="step">What the model says about the next tokens.</param>
    /// <returns>The sequences that go on after this token; none ends the writing.</returns>
    IReadOnlyList<DecodeChoice> Choose(DecodeStep step);

    /// <summary>What was written, the best of a prompt first; asked for once, at the end.</summary>
    IReadOnlyList<DecodedSequence> Finish();
}

/// <summary>A sequence that goes on.</summary>
/// <param name="Continues">Which of the sequences before it continues, from 0.</param>
/// <param name="Token">By which token.</param>
public readonly record struct DecodeChoice(int Continues, int Token);

/// <summary>What a decoder may use.</summary>
/// <param name="Rows">Prompts: as many sequences as there are at the beginning.</param>
/// <param name="Vocabulary">The model's.</param>
/// <param name="Limits">When to stop, and what draws come from.</param>
public sealed record DecodeContext(int Rows, Vocabulary Vocabulary, DecodeLimits Limits)
{
    /// <summary>Most tokens that each prompt's sequences may have: the limit, or the room that the model has after the prompt.</summary>
    /// <param name="row">Of the prompts.</param>
    public int MaxTokens(int row) => Room is { } room ? Math.Min(room[row], Limits.MaxTokens) : Limits.MaxTokens;

    /// <summary>Tokens that the model can still take after each prompt; null for no limit.</summary>
    public IReadOnlyList<int>? Room { get; init; }
}

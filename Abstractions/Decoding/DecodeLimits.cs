namespace PluginHost;

/// <summary>When writing stops, what may be written, and what draws come from.</summary>
/// <param name="MaxTokens">Most tokens to write, the stop token included.</param>
public sealed record DecodeLimits(int MaxTokens)
{
    /// <summary>Tokens that end a sequence. Default: none.</summary>
    public IReadOnlyCollection<int> Stop { get; init; } = [];

    /// <summary>Tokens that are never chosen. Default: none.</summary>
    public IReadOnlyCollection<int> Forbidden { get; init; } = [];

    /// <summary>What each prompt's sequences must keep to, by row of the prompts; null for anything. Default null.</summary>
    public Func<int, DecodeRule>? Rule { get; init; }

    /// <summary>
    /// Every draw follows from it and from the row's <see cref="Number"/>, whatever the batches. Default 0.
    /// </summary>
    public ulong Seed { get; init; }

    /// <summary>Number of the first prompt among all batches. Default 0.</summary>
    public long FirstRow { get; init; }

    /// <summary>Numbers of the prompts where these do not follow one another; in place of <see cref="FirstRow"/>. Default: null.</summary>
    public IReadOnlyList<long>? Numbers { get; init; }

    /// <summary>The number that a row's draws follow from.</summary>
    /// <param name="row">Of the prompts.</param>
    public ulong Number(int row) => (ulong)(Numbers is { } numbers ? numbers[row] : FirstRow + row);

    /// <summary>
    /// Whether the model is computed in the number format it was scored in, which may be faster. Default false: in float32, in which
    /// what is written hardly depends on how prompts are batched.
    /// </summary>
    public bool ModelFormat { get; init; }

    /// <summary>
    /// Passes in which a model that fills in masks writes all tokens: more are slower and heed more of what was written. Default: a token
    /// a pass.
    /// </summary>
    public int? Passes { get; init; }
}

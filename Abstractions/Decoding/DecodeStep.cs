namespace PluginHost;

/// <summary>What a model says about the next token of every sequence that goes on.</summary>
public abstract class DecodeStep
{
    /// <summary>Sequences that go on: the choices of the step before, in their order; at first the prompts.</summary>
    public abstract int Count { get; }

    /// <summary>
    /// Natural logarithms of the next token's probabilities, by id: the model's own, negative infinity where a token is not allowed. The
    /// probabilities of allowed tokens may so sum to less than 1. Valid until the choice is returned.
    /// </summary>
    /// <param name="sequence">0 to <see cref="Count"/> - 1.</param>
    public abstract ReadOnlySpan<float> LogProbabilities(int sequence);

    /// <summary>How a sequence would end by a token; null where it goes on. One that ends must not be returned as a choice.</summary>
    /// <param name="sequence">0 to <see cref="Count"/> - 1.</param>
    /// <param name="token">An allowed one.</param>
    public abstract DecodeEnd? Ends(int sequence, int token);
}

/// <summary>Why a sequence ended.</summary>
public enum DecodeEnd
{
    /// <summary>By a stop token.</summary>
    Stop,

    /// <summary>What was asked for is there: the rule says so (<see cref="DecodeRule.IsComplete"/>).</summary>
    Complete,

    /// <summary>The most tokens were written that were allowed, or that the model takes.</summary>
    Limit,

    /// <summary>No token was allowed any more.</summary>
    Stuck,
}

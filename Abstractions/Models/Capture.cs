namespace PluginHost;

/// <summary>What a backbone is asked for beside its streams. Kinds are joined with <c>|</c>.</summary>
public sealed record Capture
{
    /// <summary>Nothing: the fastest path.</summary>
    public static Capture None { get; } = new();

    /// <summary>The hidden states before the first layer and after each.</summary>
    public static Capture HiddenStates { get; } = new() { KeepsHiddenStates = true };

    /// <summary>
    /// Attention probabilities of each layer, "B H T T", all of them at once: of long sequences or many layers rather
    /// <see cref="Reading"/>. Forces the plain attention path.
    /// </summary>
    public static Capture Attentions { get; } = new() { KeepsAttentions = true };

    /// <summary>
    /// The vector of each sequence and no state of tokens: a backbone may leave <see cref="StreamKey.Hidden"/> out, and compute of its last
    /// layer what <see cref="StreamKey.Pooled"/> needs.
    /// </summary>
    public static Capture PooledAlone { get; } = new() { IsPooledAlone = true };

    /// <summary>Whether <see cref="StreamKey.Pooled"/> is the only stream that is read.</summary>
    public bool IsPooledAlone { get; init; }

    /// <summary>Whether <see cref="BackboneOutput.HiddenStates"/> is filled.</summary>
    public bool KeepsHiddenStates { get; init; }

    /// <summary>Whether <see cref="BackboneOutput.Attentions"/> is filled.</summary>
    public bool KeepsAttentions { get; init; }

    /// <summary>Reads attention probabilities as they are computed; null for nobody.</summary>
    public IAttentionReader? Reader { get; init; }

    /// <summary>Attention probabilities, shown to a reader layer by layer and then dropped. Forces the plain attention path.</summary>
    public static Capture Reading(IAttentionReader reader) => new() { Reader = reader };

    /// <summary>Both.</summary>
    public static Capture operator |(Capture one, Capture other) => new()
    {
        KeepsHiddenStates = one.KeepsHiddenStates || other.KeepsHiddenStates,
        KeepsAttentions = one.KeepsAttentions || other.KeepsAttentions, Reader = one.Reader ?? other.Reader,
        IsPooledAlone = one.IsPooledAlone && other.IsPooledAlone,
    };
}

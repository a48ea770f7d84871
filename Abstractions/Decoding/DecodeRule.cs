namespace PluginHost;

/// <summary>
/// What a sequence must keep to while it is written: an exact length in bases, a given beginning. It stands after some tokens and never
/// changes; <see cref="After"/> gives the rule one token on, so beams share what they have in common.
/// </summary>
public abstract class DecodeRule
{
    /// <summary>Whether the sequence has all it needs and ends here.</summary>
    public virtual bool IsComplete => false;

    /// <summary>Strikes out tokens.</summary>
    /// <param name="allowed">By id: set to false what may not follow; leave the others alone.</param>
    public abstract void Restrict(Span<bool> allowed);

    /// <summary>The rule after one more token.</summary>
    /// <param name="token">One that was allowed.</param>
    public abstract DecodeRule After(int token);
}

namespace PluginHost.Libs.Tools.Writing;

/// <summary>Makes a sequence begin with given tokens; after them another rule holds, or none.</summary>
public sealed class Beginning : DecodeRule
{
    private readonly IReadOnlyList<int> tokens;
    private readonly DecodeRule? then;
    private readonly int written;

    /// <param name="tokens">At least one.</param>
    /// <param name="then">What holds after them; null for nothing.</param>
    public Beginning(IReadOnlyList<int> tokens, DecodeRule? then) : this(tokens, then, 0)
    {
    }

    private Beginning(IReadOnlyList<int> tokens, DecodeRule? then, int written) =>
        (this.tokens, this.then, this.written) = (tokens, then, written);

    /// <inheritdoc/>
    public override void Restrict(Span<bool> allowed)
    {
        if (written == tokens.Count) return;
        allowed.Clear();
        allowed[tokens[written]] = true;
    }

    /// <inheritdoc/>
    public override DecodeRule After(int token) =>
        written + 1 == tokens.Count && then is not null ? then : new Beginning(tokens, then, Math.Min(written + 1, tokens.Count));
}

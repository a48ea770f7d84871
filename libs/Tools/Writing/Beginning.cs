namespace PluginHost.Libs.Tools.Writing;

/// <summary>
/// Makes a sequence begin with given bases, in whatever tokens the model likes: each must agree with them as far as both reach.
/// </summary>
public sealed class Beginning : DecodeRule
{
    private readonly TokenTexts texts;
    private readonly string left;
    private readonly int overlap;

    /// <param name="texts">Of the model's tokenizer.</param>
    /// <param name="bases">That the sequence begins with.</param>
    /// <param name="goesOn">Whether bases stand before, which the first token overlaps.</param>
    public Beginning(TokenTexts texts, string bases, bool goesOn) : this(texts, bases, goesOn ? texts.Overlap : 0)
    {
    }

    private Beginning(TokenTexts texts, string left, int overlap) => (this.texts, this.left, this.overlap) = (texts, left, overlap);

    /// <inheritdoc/>
    public override void Restrict(Span<bool> allowed)
    {
        if (left.Length == 0) return;
        for (var id = 0; id < allowed.Length; id++)
        {
            if (!allowed[id]) continue;
            var bases = texts.Bases[id];
            var adds = bases.Length - overlap;
            allowed[id] = adds > 0 && string.CompareOrdinal(bases, overlap, left, 0, Math.Min(adds, left.Length)) == 0;
        }
    }

    /// <inheritdoc/>
    public override DecodeRule After(int token) => left.Length == 0 ? this
        : new Beginning(texts, left[Math.Min(Math.Max(0, texts.Bases[token].Length - overlap), left.Length)..], texts.Overlap);
}

namespace PluginHost.Libs.Tools.Writing;

/// <summary>Ends a sequence as soon as it has more bases than it may: what was missed is known, and the rest need not be written.</summary>
public sealed class AtMostBases : DecodeRule
{
    private readonly TokenTexts texts;
    private readonly int left, overlap;

    /// <param name="texts">Of the model's tokenizer.</param>
    /// <param name="bases">Most bases.</param>
    /// <param name="goesOn">Whether bases stand before, which the first token overlaps.</param>
    public AtMostBases(TokenTexts texts, int bases, bool goesOn) : this(texts, bases, goesOn ? texts.Overlap : 0)
    {
    }

    private AtMostBases(TokenTexts texts, int left, int overlap) => (this.texts, this.left, this.overlap) = (texts, left, overlap);

    /// <inheritdoc/>
    public override bool IsComplete => left < 0;

    /// <inheritdoc/>
    public override void Restrict(Span<bool> allowed)
    {
    }

    /// <inheritdoc/>
    public override DecodeRule After(int token) => texts.Bases[token].Length is 0 ? this
        : new AtMostBases(texts, left - Math.Max(0, texts.Bases[token].Length - overlap), texts.Overlap);
}

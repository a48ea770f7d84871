namespace PluginHost.Libs.Tools.Writing;

/// <summary>
/// Lets a sequence have exactly so many bases: no token goes beyond them, none leaves a rest that no token fits, and overlapping k-mers
/// agree with those before.
/// </summary>
public sealed class ExactBases : DecodeRule
{
    private readonly TokenTexts texts;
    private readonly bool[] further;
    private readonly int left;
    private readonly string end;

    /// <param name="texts">Of the model's tokenizer.</param>
    /// <param name="bases">To write; a length that tokens can make (<see cref="TokenTexts.Nearest"/>), at least 1.</param>
    /// <param name="before">The sequence that stands before; empty for none.</param>
    public ExactBases(TokenTexts texts, int bases, string before)
        : this(texts, texts.Further(bases), bases, before.Length <= texts.Overlap ? before : before[^texts.Overlap..])
    {
    }

    private ExactBases(TokenTexts texts, bool[] further, int left, string end) =>
        (this.texts, this.further, this.left, this.end) = (texts, further, left, end);

    /// <inheritdoc/>
    public override bool IsComplete => left == 0;

    /// <inheritdoc/>
    public override void Restrict(Span<bool> allowed)
    {
        for (var id = 0; id < allowed.Length; id++)
        {
            if (!allowed[id]) continue;
            var bases = texts.Bases[id];
            var adds = bases.Length - end.Length;
            allowed[id] = adds > 0 && adds <= left && further[left - adds] && bases.StartsWith(end, StringComparison.Ordinal);
        }
    }

    /// <inheritdoc/>
    public override DecodeRule After(int token)
    {
        var bases = texts.Bases[token];
        return new ExactBases(texts, further, left - (bases.Length - end.Length),
            texts.Overlap == 0 ? "" : bases.Length <= texts.Overlap ? bases : bases[^texts.Overlap..]);
    }
}

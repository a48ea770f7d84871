namespace PluginHost.Libs.Tools.Writing;

/// <summary>The bases that each token of a tokenizer stands for, and how many it shares with the token before.</summary>
public sealed class TokenTexts
{
    /// <summary>
    /// The name of samples that are encoded to see what a tokenizer makes of bases: one of several vocabularies is chosen by a sample's
    /// name.
    /// </summary>
    public const string Probe = "nothing";

    /// <param name="tokenizer">Of a model.</param>
    /// <param name="forbidden">Tokens that are never written: as if they stood for no bases. Null for none.</param>
    public TokenTexts(ITokenizer tokenizer, IReadOnlySet<int>? forbidden = null)
    {
        var vocabulary = tokenizer.Vocabulary;
        Bases = [.. Enumerable.Range(0, vocabulary.Count)
            .Select(id => vocabulary.IsSpecial(id) || forbidden?.Contains(id) == true ? "" : tokenizer.Decode([id]))];
        Overlap = SharedBases(tokenizer);
    }

    /// <summary>By id; empty for tokens that stand for no bases or are never written.</summary>
    public IReadOnlyList<string> Bases { get; }

    /// <summary>Bases that a token has in common with the one before: k - 1 of overlapping k-mers, 0 of all others.</summary>
    public int Overlap { get; }

    /// <summary>The longest length up to one asked for that tokens can make; 0 where there is none.</summary>
    /// <param name="bases">Asked for.</param>
    /// <param name="goesOn">Whether bases stand before, which the first token overlaps.</param>
    public int Nearest(int bases, bool goesOn) => Array.FindLastIndex(goesOn ? Further(bases) : FromStart(bases), r => r);

    /// <summary>Which lengths up to one tokens can make exactly when bases stand before.</summary>
    internal bool[] Further(int bases)
    {
        var steps = Lengths().Select(l => l - Overlap).Where(l => l > 0).ToList();
        var makes = new bool[bases + 1];
        makes[0] = true;
        for (var length = 1; length <= bases; length++) makes[length] = steps.Any(s => s <= length && makes[length - s]);
        return makes;
    }

    private bool[] FromStart(int bases)
    {
        var further = Further(bases);
        var lengths = Lengths();
        return [.. Enumerable.Range(0, bases + 1).Select(length => length == 0 || lengths.Any(l => l <= length && further[length - l]))];
    }

    private List<int> Lengths() => [.. Bases.Select(b => b.Length).Where(l => l > 0).Distinct()];

    private static int SharedBases(ITokenizer tokenizer)
    {
        var length = Math.Max(64, 4 * tokenizer.Vocabulary.Tokens.Where((_, id) => !tokenizer.Vocabulary.IsSpecial(id)).Max(t => t.Length));
        var sample = new Sample(Probe, tokenizer.Alphabet.Example(length)) { Fields = tokenizer.SampleFields };
        var spans = tokenizer.Encode(sample, new EncodeContext(SpecialTokens: false)).Spans.Where(s => s.Length > 0).ToList();
        return spans.Count < 2 ? 0 : Math.Max(0, spans[0].End - spans[1].Start);
    }
}

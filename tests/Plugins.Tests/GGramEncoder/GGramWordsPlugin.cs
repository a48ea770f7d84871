using System.ComponentModel;

namespace PluginHost.Plugins.Tests.GGramEncoder;

using static TorchSharp.torch;

/// <summary>Offers <c>ggram-words</c>: one base a token, and the few G-grams of Golden/ggram-encoder/reference.py.</summary>
public sealed class GGramWordsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITokenizer,
            GGramWordsOptions>("ggram-words", (options, _) => new GGramWordsTokenizer(options), "One base a token, with G-grams.");
}

/// <summary>Options of <c>ggram-words</c>.</summary>
public sealed class GGramWordsOptions
{
    /// <summary>Token ids in all.</summary>
    [Description("Token ids in all.")]
    public int Count { get; set; } = 9;

    /// <summary>What <see cref="ITokenizer.IdCount"/> says of G-grams.</summary>
    [Description("G-gram ids in all; 0 leaves it unsaid.")]
    public int GGrams { get; set; } = 8;

    /// <summary>G-grams with these ids are hidden from the encoder.</summary>
    [Description("Ids of G-grams whose mask is false.")]
    public int[] Hidden { get; set; } = [];
}

internal sealed class GGramWordsTokenizer(GGramWordsOptions options) : ITokenizer
{
    private static readonly BatchKey ids = new("ggram_ids", ScalarType.Int64, "B G");
    private static readonly BatchKey mask = new("ggram_mask", ScalarType.Bool, "B G");
    private static readonly BatchKey match = new("ggram_match", ScalarType.Bool, "B T G");
    private static readonly string[] gGrams = ["AC", "GTA", "TT", "CAG", "AAG", "GCC", "TGC"];
    private static readonly string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    public Vocabulary Vocabulary { get; } =
        new([.. special, "A", "T", "C", "G", .. Enumerable.Range(9, options.Count - 9).Select(i => $"word{i}")], special);

    public IReadOnlyList<BatchKey> Writes { get; } = [Keys.InputIds, Keys.AttentionMask, ids, mask, match];

    public int? IdCount(BatchKey column) => column == Keys.InputIds ? Vocabulary.Count : column == ids && options.GGrams > 0
        ? options.GGrams : null;

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var bases = sample.Sequence;
        var found = gGrams.Select((word, i) => (Id: i + 1, Tokens: Tokens(bases, word))).Where(g => g.Tokens.Count > 0).ToList();
        var matches = new bool[bases.Length + 2, found.Count];
        for (var g = 0; g < found.Count; g++)
            foreach (var token in found[g].Tokens) matches[token, g] = true;
        return new EncodedSequence([2, .. bases.Select(b => Vocabulary.Find($"{b}") ?? 1), 3],
            [BaseSpan.None, .. bases.Select((_, i) => new BaseSpan(i, i + 1)), BaseSpan.None])
            .With(ids, found.Select(g => (long)g.Id).ToArray())
            .With(mask, found.Select(g => !options.Hidden.Contains(g.Id)).ToArray())
            .With(match, matches);
    }

    public string Decode(ReadOnlySpan<int> tokens) =>
        string.Concat(tokens.ToArray().Where(id => id > 4).Select(id => Vocabulary.Tokens[id]));

    public IReadOnlyList<string> Save(string folder) => [];

    private static HashSet<int> Tokens(string bases, string word)
    {
        var tokens = new HashSet<int>();
        for (var start = bases.IndexOf(word, StringComparison.Ordinal); start >= 0; start =
            bases.IndexOf(word, start + 1, StringComparison.Ordinal))
            for (var i = 0; i < word.Length; i++) tokens.Add(1 + start + i);
        return tokens;
    }
}

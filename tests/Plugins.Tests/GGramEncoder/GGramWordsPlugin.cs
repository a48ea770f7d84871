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

    /// <summary>Whether occurrences are written too, each with its tokens.</summary>
    [Description("Write the occurrences of G-grams.")]
    public bool Ranges { get; set; }
}

internal sealed class GGramWordsTokenizer(GGramWordsOptions options) : ITokenizer
{
    private static readonly BatchKey ids = new("ggram_ids", ScalarType.Int64, "B G");
    private static readonly BatchKey mask = new("ggram_mask", ScalarType.Bool, "B G");
    private static readonly BatchKey match = new("ggram_match", ScalarType.Bool, "B T G");
    private static readonly BatchKey ranges = new("ggram_ranges", ScalarType.Int64, "B O S");
    private static readonly string[] gGrams = ["AC", "GTA", "TT", "CAG", "AAG", "GCC", "TGC"];
    private static readonly string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    public Vocabulary Vocabulary { get; } =
        new([.. special, "A", "T", "C", "G", .. Enumerable.Range(9, options.Count - 9).Select(i => $"word{i}")], special);

    public IReadOnlyList<BatchKey> Writes { get; } =
        [Keys.InputIds, Keys.AttentionMask, ids, mask, match, .. options.Ranges ? [ranges] : Array.Empty<BatchKey>()];

    public int? IdCount(BatchKey column) => column == Keys.InputIds ? Vocabulary.Count : column == ids && options.GGrams > 0
        ? options.GGrams : null;

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var bases = sample.Sequence;
        var found = gGrams.Select((word, i) => (Id: i + 1, word.Length, Starts: Starts(bases, word)))
            .Where(g => g.Starts.Count > 0).ToList();
        var matches = new bool[bases.Length + 2, found.Count];
        for (var g = 0; g < found.Count; g++)
            foreach (var start in found[g].Starts)
                for (var token = start; token < start + found[g].Length; token++) matches[token, g] = true;
        var encoding = new EncodedSequence([2, .. bases.Select(b => Vocabulary.Find($"{b}") ?? 1), 3],
            [BaseSpan.None, .. bases.Select((_, i) => new BaseSpan(i, i + 1)), BaseSpan.None])
            .With(ids, found.Select(g => (long)g.Id).ToArray())
            .With(mask, found.Select(g => !options.Hidden.Contains(g.Id)).ToArray())
            .With(match, matches);
        if (!options.Ranges) return encoding;
        var occurrences = found.SelectMany((g, place) => g.Starts.Select(start => (place, start, End: start + g.Length))).ToList();
        var ranges_OS = new long[occurrences.Count, 3];
        foreach (var (o, (place, start, end)) in occurrences.Index())
            (ranges_OS[o, 0], ranges_OS[o, 1], ranges_OS[o, 2]) = (place, start, end);
        return encoding.With(ranges, ranges_OS);
    }

    public string Decode(ReadOnlySpan<int> tokens) =>
        string.Concat(tokens.ToArray().Where(id => id > 4).Select(id => Vocabulary.Tokens[id]));

    public IReadOnlyList<string> Save(string folder) => [];

    /// <summary>First tokens of a word's occurrences; the classification token stands before the bases.</summary>
    private static List<int> Starts(string bases, string word) =>
        [.. Enumerable.Range(0, bases.Length).Where(i => bases.AsSpan(i).StartsWith(word)).Select(i => i + 1)];
}

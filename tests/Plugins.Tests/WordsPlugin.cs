using System.ComponentModel;

namespace PluginHost.Plugins.Tests;

/// <summary>Offers <c>words</c>: one base a token, and a vocabulary of any size, for counting parameters.</summary>
public sealed class WordsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITokenizer, WordsOptions>("words", (options, _) => new WordsTokenizer(options.Count), "A vocabulary of any size.");
}

/// <summary>Options of <c>words</c>.</summary>
public sealed class WordsOptions
{
    /// <summary>Ids in all, at least 9.</summary>
    [Description("Ids in all.")]
    public int Count { get; set; } = 9;
}

/// <summary>One base a token; ids beyond the four bases are never used.</summary>
internal sealed class WordsTokenizer(int count) : ITokenizer
{
    private static readonly string[] special = ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"];

    public Vocabulary Vocabulary { get; } =
        new([.. special, "A", "C", "G", "T", .. Enumerable.Range(9, count - 9).Select(i => $"word{i}")], special);

    public EncodedSequence Encode(Sample sample, EncodeContext context) =>
        new([1, .. sample.Sequence.Select(b => Vocabulary.Find($"{b}") ?? 0), 2],
            [BaseSpan.None, .. sample.Sequence.Select((_, i) => new BaseSpan(i, i + 1)), BaseSpan.None]);

    public string Decode(ReadOnlySpan<int> ids) => string.Concat(ids.ToArray().Where(id => id > 4).Select(id => Vocabulary.Tokens[id]));

    public IReadOnlyList<string> Save(string folder) => [];
}

using System.ComponentModel;

namespace PluginHost.Plugins.Tests.MaskedLm;

/// <summary>
/// Offers <c>ragged</c>: non-overlapping words of 1 to 4 bases, or, for every other sample, overlapping 3-mers; a prompt says which.
/// </summary>
public sealed class RaggedPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(ICatalog catalog) =>
        catalog.Add<ITokenizer, RaggedOptions>("ragged", (options, _) => new RaggedTokenizer(options), "Words of uneven length.");
}

/// <summary>Options of <c>ragged</c>.</summary>
public sealed class RaggedOptions
{
    /// <summary>Whether samples with an odd number in their id are in 3-mers.</summary>
    [Description("3-mers for samples whose id ends in an odd digit.")]
    public bool Mixed { get; set; }
}

internal sealed class RaggedTokenizer(RaggedOptions options) : ITokenizer
{
    private static readonly string[] special = ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]", "[WORDS]", "[KMERS]"];

    public Vocabulary Vocabulary { get; } = new([.. special, .. Words(1), .. Words(2), .. Words(3), .. Words(4)], special);

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var kmers = options.Mixed && (sample.Id[^1] - '0') % 2 == 1;
        var spans = (kmers ? KMers(sample.Sequence) : Ragged(sample.Sequence)).ToArray();
        return new([1, kmers ? 6 : 5, .. spans.Select(s => Vocabulary.Find(sample.Sequence[s.Start..s.End]) ?? 0), 2],
            [BaseSpan.None, BaseSpan.None, .. spans, BaseSpan.None]);
    }

    public string Decode(ReadOnlySpan<int> ids) =>
        string.Concat(ids.ToArray().Where(id => !Vocabulary.IsSpecial(id)).Select(id => Vocabulary.Tokens[id]));

    public IReadOnlyList<string> Save(string folder) => [];

    private static IEnumerable<BaseSpan> KMers(string bases) =>
        Enumerable.Range(0, Math.Max(0, bases.Length - 2)).Select(i => new BaseSpan(i, i + 3));

    /// <summary>A word's length follows from its first two bases.</summary>
    private static IEnumerable<BaseSpan> Ragged(string bases)
    {
        for (var start = 0; start < bases.Length;)
        {
            var length = 1 + (bases[start] * 7 + (start + 1 < bases.Length ? bases[start + 1] : 0)) / 2 % 4;
            var end = Math.Min(bases.Length, start + length);
            yield return new(start, end);
            start = end;
        }
    }

    private static IEnumerable<string> Words(int length) => length == 0 ? [""]
        : Words(length - 1).SelectMany(word => "ACGT", (word, letter) => word + letter);
}

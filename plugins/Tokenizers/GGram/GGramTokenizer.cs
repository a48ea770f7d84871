using System.Buffers;
using PluginHost.Libs.Files;

namespace PluginHost.Plugins.GGram;

/// <summary>
/// Another tokenizer's tokens with the G-grams among them, overlapping ones included, matched anew in every sequence (DNAZEN, section 2.2).
/// </summary>
internal sealed class GGramTokenizer : ITokenizer
{
    private readonly ITokenizer inner;
    private readonly GGramOptions options;
    private readonly GGramMatcher matcher;
    private readonly byte[] file;
    private readonly int idCount;

    /// <param name="inner">Makes the tokens.</param>
    /// <param name="ggrams">Made with the same tokens.</param>
    /// <param name="file">The file they were read from, which goes into model folders.</param>
    /// <param name="options">Order, repeats, limit.</param>
    public GGramTokenizer(ITokenizer inner, GGramVocabulary ggrams, byte[] file, GGramOptions options)
    {
        this.inner = inner;
        this.options = options;
        this.file = file;
        idCount = ggrams.IdCount;
        matcher = new(ggrams.GGrams, inner.Vocabulary.Count);
        Writes = [.. inner.Writes, .. GGramColumns.All];
    }

    public static GGramTokenizer Create(GGramOptions options, BuildContext context)
    {
        var spec = options.Tokenizer
            ?? throw new UsageException(
            "ggram needs the tokenizer it wraps: tokenizer: { use: ggram, tokenizer: { use: NAME, ... }, ... }.");
        var inner = context.Build<ITokenizer>(spec);
        if (inner.Writes.Any(GGramColumns.All.Contains))
            throw new UsageException($"ggram wraps '{spec.Use}', which matches G-grams itself; wrap the tokenizer inside it.");
        var file = context.SavedFile(GGramFile.Name)
            ?? (options.Vocabulary is null
                ? throw new UsageException("ggram needs 'vocabulary', a G-gram file; make one with: host ggrams extract.")
                : context.ResolvePath(options.Vocabulary));
        return new(inner, GGramFile.Read(file, inner.Vocabulary, spec.Use),
            SmallFile.ReadBytes(file, TextLimits.Vocabulary, "a G-gram file"), options);
    }

    public Vocabulary Vocabulary => inner.Vocabulary;

    public Alphabet Alphabet => inner.Alphabet;

    public IReadOnlyList<BatchKey> Writes { get; }

    public IReadOnlyDictionary<string, object> SampleFields => inner.SampleFields;

    public IReadOnlyList<BatchKey> Revealing => [.. inner.Revealing, .. GGramColumns.All];

    public int? IdCount(BatchKey column) => column == GGramColumns.Ids ? idCount : inner.IdCount(column);

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var encoding = inner.Encode(sample, context);
        var rented = ArrayPool<GGramMatch>.Shared.Rent(Math.Max(64, encoding.Ids.Length));
        var matches = rented;
        var count = matcher.Match(encoding.Ids, ref matches);
        var found = new SequenceGGrams(matches.AsSpan(0, count), options.Order, options.Repeats, options.MaxGGrams ?? int.MaxValue);
        ArrayPool<GGramMatch>.Shared.Return(rented);
        return found.AttachTo(encoding);
    }

    public string Decode(ReadOnlySpan<int> ids) => inner.Decode(ids);

    public int CountTokens(Sample sample, EncodeContext context) => inner.CountTokens(sample, context);

    /// <summary>Writes the inner tokenizer's files and <c>ngram.json</c>.</summary>
    public IReadOnlyList<string> Save(string folder)
    {
        var names = inner.Save(folder);
        File.WriteAllBytes(Path.Combine(folder, GGramFile.Name), file);
        return [.. names, GGramFile.Name];
    }
}

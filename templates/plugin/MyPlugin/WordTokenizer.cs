using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;

namespace MyPlugin;

/// <summary>What a pipeline may say about the tokenizer.</summary>
public sealed class WordOptions
{
    /// <summary>Bases of a word.</summary>
    [Range(1, 6), Description("Bases of a word.")]
    public int Length { get; set; } = 3;
}

/// <summary>Words side by side. What is left at the end becomes a shorter word, so decoding is exact.</summary>
internal sealed class WordTokenizer(WordOptions options) : ITokenizer
{
    private static readonly string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    public Vocabulary Vocabulary { get; } = new([.. special, .. Enumerable.Range(1, options.Length).SelectMany(Words)], special);

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var bases = sample.Sequence;
        var room = Math.Max(0, context.SpecialTokens ? context.MaxTokens - 2 : context.MaxTokens);
        var spans = new List<BaseSpan>();
        for (var start = 0; start < bases.Length && spans.Count < room; start += options.Length)
            spans.Add(new(start, Math.Min(start + options.Length, bases.Length)));
        var dropped = bases.Length - (spans.Count > 0 ? spans[^1].End : 0);
        // N and the other codes are in no word: such a word is the unknown token.
        var ids = spans.Select(span => Vocabulary.Find(bases[span.Start..span.End]) ?? Vocabulary.Unknown!.Value).ToList();
        if (context.SpecialTokens)
        {
            ids = [Vocabulary.Classification!.Value, .. ids, Vocabulary.Separator!.Value];
            spans = [BaseSpan.None, .. spans, BaseSpan.None];
        }
        return new EncodedSequence([.. ids], [.. spans]) { DroppedBases = dropped };
    }

    public string Decode(ReadOnlySpan<int> ids)
    {
        var words = new List<string>();
        foreach (var id in ids)
            if (!Vocabulary.IsSpecial(id)) words.Add(Vocabulary.Tokens[id]);
        return string.Concat(words);
    }

    public IReadOnlyList<string> Save(string folder)
    {
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), Vocabulary.Tokens);
        return ["vocab.txt"];
    }

    private static IEnumerable<string> Words(int length) =>
        length == 0 ? [""] : Words(length - 1).SelectMany(_ => "ACGT", (word, letter) => word + letter);
}

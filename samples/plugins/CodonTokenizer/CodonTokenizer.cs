using PluginHost;

namespace Codons;

/// <summary>Three bases a token in one reading frame. What is left at either end becomes a shorter word, so decoding is exact.</summary>
internal sealed class CodonTokenizer(CodonOptions options) : ITokenizer
{
    private static readonly string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    public Vocabulary Vocabulary { get; } = new([.. special, .. Words(1), .. Words(2), .. Words(3)], special);

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var bases = sample.Sequence;
        var room = context.SpecialTokens ? context.MaxTokens - 2 : context.MaxTokens;
        var spans = Cut(bases.Length).Take(Math.Max(0, room)).ToList();
        var ids = spans.Select(s => Vocabulary.Find(bases[s.Start..s.End]) ?? Vocabulary.Unknown!.Value).ToList();
        var dropped = bases.Length - (spans.Count > 0 ? spans[^1].End : 0);
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

    private IEnumerable<BaseSpan> Cut(int length)
    {
        var start = Math.Min(options.Frame, length);
        if (start > 0) yield return new BaseSpan(0, start);
        for (; start < length; start += 3) yield return new BaseSpan(start, Math.Min(start + 3, length));
    }

    private static IEnumerable<string> Words(int length) =>
        length == 0 ? [""] : Words(length - 1).SelectMany(word => "ACGT", (word, letter) => word + letter);
}

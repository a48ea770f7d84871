using PluginHost.Libs.Files;
using PluginHost.Libs.Tools.Writing;

namespace PluginHost.Plugins.Generate.Prompts;

/// <summary>
/// What a masked model fills in: the prompt and the beginning as they are, then masks for as many bases as are wanted. Where words are of
/// several lengths, those of the masks are the lengths that random bases have, drawn for each sequence anew.
/// </summary>
/// <param name="model">Masked.</param>
/// <param name="frame">What stands around sequences.</param>
/// <param name="texts">Bases of the tokens that may be written.</param>
/// <param name="options">Length, letters and seed.</param>
internal sealed class MaskedTemplate(TrainedModel model, Frame frame, TokenTexts texts, GenerateOptions options)
{
    // Apart from the draws of the decoder, which follow from the seed itself.
    private const ulong Filling = 0x9E3779B97F4A7C15;

    private readonly string letters = string.Concat(texts.Bases.Where(b => b.Length > 0).SelectMany(b => b).Distinct()
        .Where(c => !model.Tokenizer.Alphabet.IsDna || options.Alphabet is not null || "ACGT".Contains(c)).Order());

    /// <summary>What every sequence begins with; empty for anything.</summary>
    public required string Begin { get; init; }

    /// <summary>The prompt of a record.</summary>
    /// <param name="prompt">Null for none.</param>
    /// <param name="number">Of the record.</param>
    /// <exception cref="UsageException">The model does not take so many tokens.</exception>
    public EncodedSequence Make(Sample? prompt, ulong number)
    {
        var given = (prompt?.Sequence ?? "") + Begin;
        var random = new SeededRandom(options.Seed ^ Filling, number);
        var filler = string.Create(options.Length!.Value - Begin.Length, random, (bases, draws) =>
        {
            for (var i = 0; i < bases.Length; i++) bases[i] = letters[draws.Next(0, letters.Length)];
        });
        var sample = (prompt ?? new Sample(TokenTexts.Probe, "")) with { Id = TokenTexts.Probe, Sequence = given + filler };
        var whole = model.Tokenizer.Encode(sample, new());
        var encoding = given.Length == 0 || texts.Overlap > 0 ? whole : Joined(whole, sample, given.Length);
        if (model.Backbone.Shape.MaxTokens is { } most && encoding.Ids.Length > most)
            throw new UsageException($"{(prompt is null ? $"--length {options.Length:N0}" : prompt.Where)}: "
                + $"{Wording.Counted(encoding.Ids.Length, "token")} are more than the {most:N0} that {model.Name} takes; "
                + "ask for fewer bases.");
        if (whole.DroppedBases > 0)
            throw new UsageException($"--length {options.Length:N0}: {model.Name} has no tokens for the last "
                + $"{Wording.Counted(whole.DroppedBases, "base")}; ask for more or fewer.");
        if (whole.Ids.Where((id, t) => whole.Spans[t].Length > 0 && model.Tokenizer.Vocabulary.IsSpecial(id)).Any())
            throw new UsageException($"--length {options.Length:N0}: {model.Name} has no token for so few bases; ask for more.");
        var mask = model.Tokenizer.Vocabulary.Mask!.Value;
        return encoding.WithIds([.. encoding.Ids.Select((id, t) =>
            encoding.Spans[t].Length > 0 && encoding.Spans[t].End > given.Length ? mask : id)]);
    }

    /// <summary>
    /// Tokens that the tokenizer would not make of their bases: those of other vocabularies, where it has several. They are never written.
    /// </summary>
    public static IEnumerable<int> Strange(ITokenizer tokenizer, TokenTexts texts) => Enumerable.Range(0, texts.Bases.Count).Where(id =>
        texts.Bases[id].Length > 0
        && tokenizer.Encode(new Sample(TokenTexts.Probe, texts.Bases[id]) { Fields = tokenizer.SampleFields }, new(SpecialTokens: false))
            is var made && (made.Ids.Count(i => !tokenizer.Vocabulary.IsSpecial(i)) != 1 || !made.Ids.Contains(id)));

    /// <summary>The tokens up to the sequence's end, with what was written in the places of the masks.</summary>
    public IReadOnlyList<int> Filled(EncodedSequence template, IReadOnlyList<int> written)
    {
        var (next, tokens) = (0, new List<int>());
        for (var t = 0; t < template.Ids.Length; t++)
            if (template.Ids[t] == model.Tokenizer.Vocabulary.Mask) tokens.Add(written[next++]);
            else tokens.Add(template.Ids[t]);
        return tokens;
    }

    /// <summary>What is given and what is to be filled in as words of their own, so that no word reaches from one into the other.</summary>
    private EncodedSequence Joined(EncodedSequence whole, Sample sample, int given)
    {
        if (whole.Attached.Count > 0)
            throw new UsageException($"{model.Name} fills in whole sequences only: its tokenizer says more of tokens than their ids; leave "
                + "--prompt and --begin out.");
        var first = Array.FindIndex(whole.Spans, s => s.Length > 0);
        var (front, back) = (Words(sample.Sequence[..given]), Words(sample.Sequence[given..]));
        return new([.. whole.Ids[..first], .. front.Ids, .. back.Ids, .. frame.After],
            [.. whole.Spans[..first], .. front.Spans, .. back.Spans.Select(s => new BaseSpan(s.Start + given, s.End + given)),
                .. frame.After.Select(_ => BaseSpan.None)]);

        EncodedSequence Words(string bases) => model.Tokenizer.Encode(sample with { Sequence = bases }, new(SpecialTokens: false));
    }
}

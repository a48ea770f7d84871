namespace PluginHost.Plugins.Interpret.GGrams;

using static TorchSharp.torch;

/// <summary>A match of a G-gram in a sequence.</summary>
/// <param name="Id">Its id in the model's lexicon.</param>
/// <param name="Place">Its place on axis G of the batch.</param>
/// <param name="First">Its first token, axis T.</param>
/// <param name="Tokens">The texts of its tokens between spaces.</param>
/// <param name="Bases">The bases that its tokens cover.</param>
internal sealed record FoundGGram(long Id, int Place, int First, string Tokens, BaseSpan Bases);

/// <summary>Reads the matches that a model's tokenizer attached to its encodings.</summary>
internal sealed class GGramReader
{
    private static readonly BatchKey ids = new("ggram_ids", ScalarType.Int64, "B G");
    private static readonly BatchKey ranges = new("ggram_ranges", ScalarType.Int64, "B O S");

    private readonly Vocabulary vocabulary;
    private readonly Dictionary<long, string> texts = [];

    /// <param name="model">Its tokenizer finds G-grams.</param>
    /// <exception cref="UsageException">It does not.</exception>
    public GGramReader(TrainedModel model)
    {
        if (!model.Tokenizer.Writes.Contains(ids) || !model.Tokenizer.Writes.Contains(ranges))
            throw new UsageException(
                $"{model.Name}: its tokenizer finds no G-grams; give a model with the tokenizer 'ggram', as DNAZEN's.");
        vocabulary = model.Tokenizer.Vocabulary;
        Lexicon = Math.Max(0, (model.Tokenizer.IdCount(ids) ?? 1) - 1);
    }

    /// <summary>G-grams that the model knows.</summary>
    public int Lexicon { get; }

    /// <summary>The text of a G-gram that was found.</summary>
    public string this[long id] => texts[id];

    /// <summary>How many places a sequence has on axis G.</summary>
    public static int Places(EncodedSequence encoding) => encoding.TryGet<long>(ids, out var found) ? found.Length : 0;

    /// <summary>The matches of a sequence in their order.</summary>
    public IReadOnlyList<FoundGGram> Of(EncodedSequence encoding)
    {
        if (!encoding.TryGet<long>(ids, out var ids_G) || !encoding.Attached.TryGetValue(ranges, out var held)) return [];
        var ranges_OS = (long[,])held;
        var found = new FoundGGram[ranges_OS.GetLength(0)];
        for (var o = 0; o < found.Length; o++)
        {
            var (place, first, end) = ((int)ranges_OS[o, 0], (int)ranges_OS[o, 1], (int)ranges_OS[o, 2]);
            if (!texts.TryGetValue(ids_G[place], out var text))
                texts[ids_G[place]] = text = string.Join(' ', encoding.Ids[first..end].Select(id => vocabulary.Tokens[id]));
            found[o] = new(ids_G[place], place, first, text, new(encoding.Spans[first].Start, encoding.Spans[end - 1].End));
        }
        return found;
    }
}

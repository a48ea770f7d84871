namespace PluginHost.Plugins.MaskedLm;

/// <summary>
/// Token frequencies of sequences that begin alike: a prompt token tells which of several vocabularies a sequence is
/// written in, and to know the frequencies of that one takes no model of sequence.
/// </summary>
internal sealed class PromptedTables
{
    private readonly Dictionary<string, TokenTable> byPrompts = [];
    private readonly TokenTable all;
    private readonly Vocabulary vocabulary;

    /// <param name="batches">To count in.</param>
    /// <param name="vocabulary">Texts and special tokens.</param>
    public PromptedTables(IEnumerable<Batch> batches, Vocabulary vocabulary)
    {
        this.vocabulary = vocabulary;
        var total = new long[vocabulary.Count];
        var counts = new Dictionary<string, long[]>();
        foreach (var encoding in batches.SelectMany(batch => batch.Encodings))
        {
            var prompts = Prompts(encoding);
            if (!counts.TryGetValue(prompts, out var own)) counts[prompts] = own = new long[vocabulary.Count];
            foreach (var id in encoding.Ids)
            {
                own[id]++;
                total[id]++;
            }
        }
        all = new(vocabulary, total);
        if (counts.Count < 2) return;
        foreach (var (prompts, own) in counts) byPrompts[prompts] = new(vocabulary, own);
    }

    /// <summary>The frequencies of sequences with the same prompts; those of all where training had none.</summary>
    public TokenTable For(Encoding encoding) => byPrompts.Count > 0 && byPrompts.TryGetValue(Prompts(encoding), out var table) ? table : all;

    private string Prompts(Encoding encoding) => string.Join(' ', encoding.Ids.Where(id => vocabulary.IsSpecial(id)
        && id != vocabulary.Pad && id != vocabulary.Unknown && id != vocabulary.Classification && id != vocabulary.Separator && id != vocabulary.Mask));
}

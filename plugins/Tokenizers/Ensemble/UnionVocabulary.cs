namespace PluginHost.Plugins.Ensemble;

/// <summary>
/// One vocabulary of several without duplicates (Genomics-FM, 2.1), laid out as the released one: the first vocabulary
/// with its ids, the prompts, then what each further vocabulary adds, in its order.
/// </summary>
internal sealed class UnionVocabulary
{
    /// <param name="members">Vocabularies with their prompt tokens.</param>
    /// <exception cref="UsageException">A text is special in one and not in another, or a prompt is a token already.</exception>
    public UnionVocabulary(IReadOnlyList<(string Prompt, Vocabulary Vocabulary)> members)
    {
        var tokens = new List<string>();
        var special = new Dictionary<string, bool>();
        void Add(Vocabulary from, IEnumerable<int> ids, string name)
        {
            foreach (var id in ids)
            {
                var text = from.Tokens[id];
                if (special.TryAdd(text, from.IsSpecial(id))) tokens.Add(text);
                else if (special[text] != from.IsSpecial(id))
                    throw new UsageException($"ensemble: '{text}' is a special token in one vocabulary and stands for bases in another "
                        + $"({name}); they cannot share ids.");
            }
        }
        Add(members[0].Vocabulary, Enumerable.Range(0, members[0].Vocabulary.Count), members[0].Prompt);
        foreach (var (prompt, _) in members)
        {
            if (!special.TryAdd(prompt, true))
                throw new UsageException($"ensemble: the prompt {prompt} is a token of the vocabulary already; give it another 'name'.");
            tokens.Add(prompt);
        }
        foreach (var (prompt, vocabulary) in members.Skip(1))
        {
            if (members.FirstOrDefault(m => vocabulary.Find(m.Prompt) is not null) is { Prompt: { } taken })
                throw new UsageException(
                    $"ensemble: the prompt {taken} is a token of the vocabulary {prompt} already; give it another 'name'.");
            Add(vocabulary, Enumerable.Range(0, vocabulary.Count).Except(vocabulary.Regular), prompt);
            Add(vocabulary, vocabulary.Regular, prompt);
        }
        Vocabulary = new(tokens, [.. tokens.Where(text => special[text])]);
    }

    /// <summary>The union.</summary>
    public Vocabulary Vocabulary { get; }
}

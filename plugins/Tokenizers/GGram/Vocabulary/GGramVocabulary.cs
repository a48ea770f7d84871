namespace PluginHost.Plugins.GGram;

/// <summary>G-grams by id. Id 0 is padding.</summary>
internal sealed class GGramVocabulary
{
    /// <param name="ggrams">Every G-gram: an id of at least 1 and at least two token ids.</param>
    public GGramVocabulary(IReadOnlyList<GGramEntry> ggrams)
    {
        GGrams = ggrams;
        IdCount = ggrams.Count == 0 ? 1 : ggrams.Max(g => g.Id) + 1;
        Longest = ggrams.Count == 0 ? 0 : ggrams.Max(g => g.Tokens.Length);
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<GGramEntry> GGrams { get; }

    /// <summary>Ids in use, padding included: rows of an embedding.</summary>
    public int IdCount { get; }

    /// <summary>Tokens of the longest.</summary>
    public int Longest { get; }
}

/// <summary>A G-gram.</summary>
/// <param name="Id">1 or more.</param>
/// <param name="Tokens">Two or more token ids.</param>
internal readonly record struct GGramEntry(int Id, int[] Tokens);

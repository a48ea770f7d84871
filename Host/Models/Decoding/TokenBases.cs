namespace PluginHost.Host.Models.Decoding;

/// <summary>The bases that each token stands for by itself, and the token of given bases.</summary>
internal sealed class TokenBases
{
    private readonly Dictionary<string, int> ids = [];

    /// <param name="tokenizer">Of the model.</param>
    public TokenBases(ITokenizer tokenizer)
    {
        var vocabulary = tokenizer.Vocabulary;
        var special = Enumerable.Range(0, vocabulary.Count).Where(vocabulary.IsSpecial).ToHashSet();
        Of = [.. Enumerable.Range(0, vocabulary.Count).Select(id => special.Contains(id) ? "" : tokenizer.Decode([id]))];
        Mask = vocabulary.Mask ?? -1;
        for (var id = 0; id < Of.Count; id++) if (Of[id].Length > 0) ids.TryAdd(Of[id], id);
    }

    /// <summary>By id; empty for special tokens.</summary>
    public IReadOnlyList<string> Of { get; }

    /// <summary>The mask; -1 where there is none.</summary>
    public int Mask { get; }

    /// <summary>The token of these bases; null where there is none.</summary>
    public int? Find(string bases) => ids.TryGetValue(bases, out var id) ? id : null;
}

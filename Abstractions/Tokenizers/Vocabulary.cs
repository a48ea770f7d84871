using System.Collections.Frozen;

namespace PluginHost;

/// <summary>Token texts by id, and the ids of the special tokens.</summary>
public sealed class Vocabulary
{
    private readonly FrozenDictionary<string, int> ids;
    private readonly FrozenSet<int> special;

    /// <param name="tokens">Texts in id order; no duplicates.</param>
    /// <param name="specialTokens">Those of <paramref name="tokens"/> that stand for no bases.</param>
    /// <exception cref="DataException">A duplicate, or a special token that is not in the list.</exception>
    public Vocabulary(IReadOnlyList<string> tokens, IReadOnlyCollection<string> specialTokens)
        : this(tokens, specialTokens, SpecialNames.Bracketed) { }

    /// <param name="tokens">Texts in id order; no duplicates.</param>
    /// <param name="specialTokens">Those of <paramref name="tokens"/> that stand for no bases.</param>
    /// <param name="names">
    /// Which texts play the parts that objectives ask for. A part without a name, or whose text is not in the list, the vocabulary has not.
    /// </param>
    /// <exception cref="DataException">A duplicate, or a special token that is not in the list.</exception>
    public Vocabulary(IReadOnlyList<string> tokens, IReadOnlyCollection<string> specialTokens, SpecialNames names)
    {
        Tokens = tokens;
        var map = new Dictionary<string, int>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
            if (!map.TryAdd(tokens[i], i))
                throw new DataException($"The vocabulary has '{tokens[i]}' twice, as ids {map[tokens[i]]} and {i}.");
        ids = map.ToFrozenDictionary();
        special = specialTokens.Select(t => ids.TryGetValue(t, out var id)
            ? id
            : throw new DataException($"The vocabulary lacks the special token '{t}'.")).ToFrozenSet();
        Pad = Named(names.Pad);
        Unknown = Named(names.Unknown);
        Classification = Named(names.Classification);
        Separator = Named(names.Separator);
        Mask = Named(names.Mask);
    }

    /// <summary>Texts in id order.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>Number of ids.</summary>
    public int Count => Tokens.Count;

    /// <summary>Id of padding, or null if the vocabulary has none.</summary>
    public int? Pad { get; }

    /// <summary>Id of a token outside the vocabulary.</summary>
    public int? Unknown { get; }

    /// <summary>Id of the token whose hidden state stands for the sequence.</summary>
    public int? Classification { get; }

    /// <summary>Id of the separator.</summary>
    public int? Separator { get; }

    /// <summary>Id of the mask.</summary>
    public int? Mask { get; }

    /// <summary>The id of a text, or null.</summary>
    public int? Find(string token) => ids.TryGetValue(token, out var id) ? id : null;

    /// <summary>Whether an id stands for no bases.</summary>
    public bool IsSpecial(int id) => special.Contains(id);

    /// <summary>The ids that stand for bases, ascending.</summary>
    public IEnumerable<int> Regular => Enumerable.Range(0, Count).Where(id => !special.Contains(id));

    private int? Named(string? token) => token is null ? null : Find(token);
}

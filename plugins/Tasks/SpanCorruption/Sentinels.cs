namespace PluginHost.Plugins.SpanCorruption;

/// <summary>The special tokens of span corruption, found in a vocabulary by their texts.</summary>
internal sealed class Sentinels
{
    private readonly Dictionary<int, int> index = [];

    /// <exception cref="UsageException">The vocabulary lacks sentinels or padding.</exception>
    public Sentinels(Vocabulary vocabulary)
    {
        List<int> ids = [];
        while (vocabulary.Find($"<extra_id_{ids.Count}>") is { } id)
        {
            index[id] = ids.Count;
            ids.Add(id);
        }
        if (ids.Count == 0)
            throw new UsageException("span-corruption needs a tokenizer with sentinels <extra_id_0>, <extra_id_1>, ..., such as byte.");
        Ids = ids;
        Pad = vocabulary.Pad
            ?? throw new UsageException(
            "span-corruption needs a tokenizer whose vocabulary has [PAD], which is also what the decoder starts from.");
        End = vocabulary.Separator;
    }

    /// <summary>Sentinel ids in order.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>Padding, and what the decoder starts from.</summary>
    public int Pad { get; }

    /// <summary>End of sequence; null if the vocabulary has none.</summary>
    public int? End { get; }

    /// <summary>Which sentinel an id is, or -1.</summary>
    public int IndexOf(int id) => index.TryGetValue(id, out var found) ? found : -1;
}

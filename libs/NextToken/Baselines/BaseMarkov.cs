namespace PluginHost.Libs.NextToken;

/// <summary>
/// Markov model over bases as a model of tokens: a word's probability is that of the bases it adds, each given the bases before
/// it, across token borders. The length of a word is taken as known, which favours this baseline where lengths vary.
/// </summary>
/// <param name="vocabulary">Tells words from other tokens.</param>
/// <param name="highestOrder">Most bases of context.</param>
public sealed class BaseMarkov(Vocabulary vocabulary, int highestOrder = BaseChain.DefaultHighestOrder) : ITokenModel
{
    private readonly BaseChain chain = new(highestOrder);
    private readonly Dictionary<int, long> others = [];
    private long words;
    private long notWords;

    /// <summary>The order chosen.</summary>
    public int Order => chain.Order;

    /// <inheritdoc/>
    public void Fit(IEnumerable<IReadOnlyList<AskedToken>> batches) =>
        chain.Fit(batches.SelectMany(batch => batch.GroupBy(t => t.Encoding)).Select(row => row.SelectMany(Stretch).ToList()));

    /// <inheritdoc/>
    public (double Loss, int Best) Predict(AskedToken token)
    {
        var isWord = (words + 1.0) / (words + notWords + 2);
        return token.New.Length == 0
            ? (-Math.Log((1 - isWord) * (others.GetValueOrDefault(token.Label) + 1.0) / (notWords + vocabulary.Count)), token.Label)
            : (-Math.Log(isWord) - chain.Log(token.Bases, token.New), Math.Max(0, new BestWord(chain, vocabulary).Find(token)));
    }

    private IEnumerable<(string, BaseSpan)> Stretch(AskedToken token)
    {
        var span = token.New;
        if (span.Length == 0)
        {
            notWords++;
            others[token.Label] = others.GetValueOrDefault(token.Label) + 1;
            yield break;
        }
        words++;
        // A row's first token is never asked for, but its bases are there to be counted.
        yield return (token.Bases, token.Place == FirstWord(token.Encoding) ? new(0, span.End) : span);
    }

    private static int FirstWord(EncodedSequence encoding)
    {
        for (var t = 1; t < encoding.Spans.Length; t++)
            if (encoding.Spans[t].Length > 0) return t;
        return 1;
    }
}

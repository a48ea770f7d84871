namespace PluginHost.Plugins.GGram;

/// <summary>
/// Builds the G-gram vocabulary of a corpus (DNAZEN, section 2.1): counts neighbours, joins those of high pointwise mutual information,
/// takes what delimiters leave together, and keeps the frequent ones. Memory is bounded whatever the size of the corpus.
/// </summary>
/// <param name="options">What to join and keep.</param>
/// <param name="memory">Bytes that counting may take.</param>
/// <param name="folder">An empty folder for temporary files.</param>
/// <param name="progress">Told what is counted, how many so far, and of how many.</param>
internal sealed class GGramExtractor(ExtractOptions options, long memory, string folder, Action<string, long, long?> progress)
{
    /// <summary>Runs over tokens already stored.</summary>
    /// <param name="store">The corpus.</param>
    /// <param name="tokens">Token ids are below this.</param>
    /// <param name="cancellation">Stops between sequences.</param>
    public ExtractedGGrams Run(TokenStore store, int tokens, CancellationToken cancellation)
    {
        var key = TokenKey.For(tokens, options.MaxLength);
        long tokenTotal, pairTotal;
        JoinedPairs joined;
        using (var pairs = new PairCounts(tokens, memory, folder))
        {
            store.Read(pairs.Add, done => progress("tokens paired", done, store.Length), cancellation);
            var singles = pairs.CountTokens();
            joined = JoinedPairs.Choose(pairs, singles, options, cancellation);
            (tokenTotal, pairTotal) = (singles.Sum(), pairs.PairTotal);
        }
        using var candidates = new SpillingCounter(folder, memory / 2);
        var segmenter = new Segmenter(joined, options);
        store.Read(sequence => segmenter.Split(sequence, ggram => candidates.Add(key.Pack(ggram))),
            done => progress("tokens joined", done, store.Length), cancellation);

        var (different, frequent) = (0L, 0L);
        var ranking = new Ranking(options.Size, memory);
        if (options.Recount)
        {
            foreach (var (ggram, count) in new Recounter(store, key, tokens, memory / 4, progress)
                .Count(Frequent().Select(c => c.Key), cancellation))
                if (count >= options.MinCount) ranking.Add(ggram, count);
        }
        else
        {
            foreach (var (ggram, count) in Frequent()) ranking.Add(ggram, count);
        }
        return new([.. ranking.Result().Select(r => new CountedGGram(key.Unpack(r.Key), r.Count))],
            new(store.Sequences, tokenTotal, pairTotal, joined.Seen, joined.Count, different, frequent));

        IEnumerable<(UInt128 Key, long Count)> Frequent()
        {
            foreach (var (ggram, count) in candidates.Enumerate(cancellation))
            {
                different++;
                if (count < options.MinCount) continue;
                frequent++;
                yield return (ggram, count);
            }
        }
    }
}

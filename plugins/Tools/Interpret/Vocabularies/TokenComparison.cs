using PluginHost.Libs.Motifs;

namespace PluginHost.Plugins.Interpret.Vocabularies;

/// <summary>A token of plain bases.</summary>
/// <param name="Id">In the vocabulary.</param>
/// <param name="Text">Its bases.</param>
internal sealed record PlainToken(int Id, string Text);

/// <summary>A token and a motif that it fits.</summary>
/// <param name="Token">Its place among those compared.</param>
/// <param name="Match">How; its Q is over the motifs, of this token alone.</param>
internal sealed record TokenMatch(int Token, MotifMatch Match);

/// <summary>Compares every token with every motif.</summary>
internal sealed class TokenComparison
{
    private const int Together = 64;

    private TokenComparison(MotifMatch[] best, IReadOnlyList<TokenMatch> hits) => (Best, Hits) = (best, hits);

    /// <summary>The surest match of each token.</summary>
    public IReadOnlyList<MotifMatch> Best { get; }

    /// <summary>The matches that are no more often false than is allowed, the surest first.</summary>
    public IReadOnlyList<TokenMatch> Hits { get; }

    /// <summary>Compares.</summary>
    /// <param name="tokens">Their bases.</param>
    /// <param name="comparison">With the collection.</param>
    /// <param name="options">Overlap, and how many false discoveries.</param>
    /// <param name="progress">Is told how many are done.</param>
    /// <param name="cancellation">Stops.</param>
    public static TokenComparison Of(IReadOnlyList<string> tokens, MotifComparison comparison, CompareOptions options,
        Action<long> progress, CancellationToken cancellation)
    {
        var best = new MotifMatch[tokens.Count];
        var hits = new IReadOnlyList<MotifMatch>[tokens.Count];
        for (var first = 0; first < tokens.Count; first += Together)
        {
            cancellation.ThrowIfCancellationRequested();
            Parallel.For(first, Math.Min(first + Together, tokens.Count), t =>
            {
                var matches = comparison.Match(Motif.Of("token", [tokens[t]]), options.Overlap);
                (best[t], hits[t]) = (matches[0], [.. matches.Where(m => m.Q <= options.MostFalse)]);
            });
            progress(Math.Min(first + Together, tokens.Count));
        }
        return new(best, [.. hits.SelectMany((of, t) => of.Select(m => new TokenMatch(t, m))).OrderBy(m => m.Match.P).ThenBy(m => m.Token)
            .ThenBy(m => m.Match.Target.Id, StringComparer.Ordinal)]);
    }
}

namespace PluginHost.Libs.NextToken;

/// <summary>
/// Markov model over tokens, interpolated down to the uniform distribution: order 0 is the unigram. The order, up to the
/// limit, is chosen on a tenth of the training sequences that is kept out of the counts until then.
/// </summary>
/// <param name="vocabulary">All ids.</param>
/// <param name="highestOrder">Most tokens of context; 0 for the unigram.</param>
public sealed class TokenMarkov(Vocabulary vocabulary, int highestOrder) : ITokenModel
{
    private const int HoldOutEvery = 10;
    private const int MostHeldOut = 200_000;
    private const long MostTokens = 8_000_000;
    private readonly Dictionary<(ulong Context, int Next),
        int>[] pairs = [.. Enumerable.Range(0, highestOrder + 1).Select(_ => new Dictionary<(ulong, int), int>())];
    private readonly Dictionary<ulong, (int Count, int Best, int BestCount)>[] contexts =
        [.. Enumerable.Range(0, highestOrder + 1).Select(_ => new Dictionary<ulong, (int, int, int)>())];
    private double[] strengths = [];

    /// <summary>The order chosen; -1 for the uniform distribution.</summary>
    public int Order => strengths.Length - 1;

    /// <inheritdoc/>
    public void Fit(IEnumerable<IReadOnlyList<AskedToken>> batches)
    {
        List<AskedToken> heldOut = [];
        var (number, tokens) = (0, 0L);
        foreach (var row in batches.SelectMany(batch => batch.GroupBy(t => t.Encoding)))
        {
            if (tokens >= MostTokens) break;
            tokens += row.Count();
            if (number++ % HoldOutEvery == HoldOutEvery - 1 && heldOut.Count < MostHeldOut) heldOut.AddRange(row);
            else foreach (var token in row) Count(token);
        }
        var floor = new double[heldOut.Count];
        Array.Fill(floor, 1.0 / vocabulary.Count);
        strengths = heldOut.Count == 0
            ? [1]
            : Backoff.Choose(Enumerable.Range(0, highestOrder + 1).Select(order => heldOut.Select(token => Look(order, token)).ToArray()),
                floor);
        foreach (var token in heldOut) Count(token);
    }

    /// <inheritdoc/>
    public (double Loss, int Best) Predict(AskedToken token)
    {
        var p = 1.0 / vocabulary.Count;
        var best = 0;
        for (var order = 0; order < strengths.Length; order++)
        {
            if (order > token.Place) break;
            var (seen, inContext) = Look(order, token);
            p = Backoff.Mix(seen, inContext, p, strengths[order]);
            if (contexts[order].TryGetValue(Context(token, order), out var found)) best = found.Best;
        }
        return (-Math.Log(p), best);
    }

    private void Count(AskedToken token)
    {
        for (var order = 0; order <= Math.Min(highestOrder, token.Place); order++)
        {
            var context = Context(token, order);
            var count = pairs[order][(context, token.Label)] = pairs[order].GetValueOrDefault((context, token.Label)) + 1;
            var (total, best, bestCount) = contexts[order].GetValueOrDefault(context);
            contexts[order][context] = count > bestCount ? (total + 1, token.Label, count) : (total + 1, best, bestCount);
        }
    }

    private (double Seen, double InContext) Look(int order, AskedToken token)
    {
        if (order > token.Place) return (0, 0);
        var context = Context(token, order);
        return (pairs[order].GetValueOrDefault((context, token.Label)), contexts[order].GetValueOrDefault(context).Count);
    }

    // Ids of up to three tokens fit; beyond that a collision would take two contexts for one, which only blurs them.
    private static ulong Context(AskedToken token, int order)
    {
        var context = 0UL;
        for (var t = token.Place - order; t < token.Place; t++) context = context * 0x1F_FFFF + (uint)token.Encoding.Ids[t] + 1;
        return context;
    }
}

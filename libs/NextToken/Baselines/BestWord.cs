namespace PluginHost.Libs.NextToken;

/// <summary>Finds the word that a chain over bases holds most probable.</summary>
/// <param name="chain">Fitted.</param>
/// <param name="vocabulary">The words there are.</param>
public sealed class BestWord(BaseChain chain, Vocabulary vocabulary)
{
    // Beyond, there would be too many branches: the first word found, the greedy one, stands.
    private const int LongestSearched = 8;

    /// <summary>
    /// The most probable word of the length of a token, with the bases it shares with those before: depth first, giving up branches that
    /// cannot beat the best so far. -1 when there is none.
    /// </summary>
    public int Find(AskedToken token)
    {
        var (all, added) = (token.Encoding.Spans[token.Place], token.New);
        var word = token.Bases[all.Start..all.End].ToCharArray();
        var (best, bestLog) = (-1, double.NegativeInfinity);
        var (context, known) = chain.Before(token.Bases, added.Start);
        Search(added.Start - all.Start, context, known, 0);
        return best;

        void Search(int place, int before, int run, double log)
        {
            if (place == word.Length)
            {
                if (log > bestLog && vocabulary.Find(new string(word)) is { } id) (best, bestLog) = (id, log);
                return;
            }
            Span<double> logs = stackalloc double[4];
            for (var digit = 0; digit < 4; digit++) logs[digit] = log + Math.Log(chain.Probability(before, run, digit));
            for (var turn = 0; turn < 4; turn++)
            {
                var next = 0;
                for (var digit = 1; digit < 4; digit++)
                    if (logs[digit] > logs[next]) next = digit;
                if (logs[next] <= bestLog || (best >= 0 && added.Length > LongestSearched)) return;
                word[place] = "ACGT"[next];
                Search(place + 1, before << 2 | next, run + 1, logs[next]);
                logs[next] = double.NegativeInfinity;
            }
        }
    }
}

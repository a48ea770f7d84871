namespace PluginHost.Libs.NextToken;

/// <summary>
/// Interpolation of orders by Dirichlet priors (MacKay and Peto 1995): p_k = (n(context, next) + a_k p_(k-1)) / (n(context) + a_k).
/// The strengths a_k, and the order, are those that make held-out data most likely.
/// </summary>
internal static class Backoff
{
    private static readonly double[] strengths = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000];

    // In log-likelihood: Akaike's criterion asks 1 of every number that is fitted, and chance often gives that much to a long context.
    private const double LeastGain = 2;

    /// <summary>One order's estimate over the one below.</summary>
    public static double Mix(double seen, double inContext, double below, double strength) =>
        (seen + strength * below) / (inContext + strength);

    /// <summary>Chooses strengths from the lowest order up, and the order to stop at.</summary>
    /// <param name="counts">
    /// By order, then held-out item: how often the item was seen in its context, and the context at all. An order may be computed when it
    /// is asked for.
    /// </param>
    /// <param name="floor">Probability of each held-out item below the lowest order.</param>
    /// <returns>Strengths by order; as many as help.</returns>
    public static double[] Choose(IEnumerable<(double Seen, double InContext)[]> counts, double[] floor)
    {
        List<double> chosen = [];
        var (bestLength, bestSum) = (0, LogSum(floor));
        var below = floor;
        foreach (var items in counts)
        {
            var (strength, sum) = strengths.Select(a => (a, Sum: Likelihood(items, below, a))).MaxBy(s => s.Sum);
            chosen.Add(strength);
            below = [.. items.Zip(below, (item, p) => Mix(item.Seen, item.InContext, p, strength))];
            if (sum > bestSum + LeastGain) (bestLength, bestSum) = (chosen.Count, sum);
        }
        return [.. chosen.Take(bestLength)];
    }

    private static double Likelihood((double Seen, double InContext)[] items, double[] below, double strength)
    {
        var sum = 0.0;
        for (var i = 0; i < items.Length; i++) sum += Math.Log(Mix(items[i].Seen, items[i].InContext, below[i], strength));
        return sum;
    }

    private static double LogSum(double[] probabilities) => probabilities.Sum(Math.Log);
}

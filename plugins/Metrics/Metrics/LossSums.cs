namespace PluginHost.Plugins.Metrics;

/// <summary>Adds up loss terms over batches of any size: sums and counts, so the result is the mean over targets.</summary>
/// <param name="metric">For messages.</param>
internal sealed class LossSums(string metric)
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, (double Sum, long Count, double Weight)> terms = new(StringComparer.Ordinal);

    public void Add(Scored scored)
    {
        if (scored.Losses.Count == 0) throw ScoredItems.Missing(metric, "losses");
        foreach (var loss in scored.Losses)
        {
            if (!terms.TryGetValue(loss.Name, out var term)) names.Add(loss.Name);
            terms[loss.Name] = (term.Sum + loss.Sum, term.Count + loss.Count, loss.Weight);
        }
    }

    /// <summary>Checks that a term is there.</summary>
    public void Require(string term)
    {
        if (!terms.ContainsKey(term))
            throw new UsageException($"The metric '{metric}' asks for the loss term '{term}'{Nearest.Hint(term, names)}; the objective "
                + $"gives: {string.Join(", ", names)}.");
    }

    /// <summary>Mean of one term; NaN without targets.</summary>
    public double Mean(string term) => terms.TryGetValue(term, out var t) && t.Count > 0 ? t.Sum / t.Count : double.NaN;

    /// <summary>The weighted sum of the terms' means: what the optimiser minimises.</summary>
    public double Total => names.Exists(n => terms[n].Weight != 0)
        ? names.Where(n => terms[n].Weight != 0).Sum(n => terms[n].Weight * Mean(n))
        : double.NaN;

    /// <summary>The first term the optimiser minimises, or null.</summary>
    public string? First => names.Find(n => terms[n].Weight != 0);
}

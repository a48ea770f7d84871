namespace PluginHost.Plugins.Seq2Seq;

/// <summary>Share of written sequences that equal the true ones; NaN where none was written.</summary>
internal sealed class ExactMatch : IMetric
{
    public const string Name = "exact-match";
    private double sum;
    private long count;

    public bool HigherIsBetter => true;

    public void Add(Scored scored)
    {
        foreach (var figure in scored.Losses.Where(l => l.Name == Name)) (sum, count) = (sum + figure.Sum, count + figure.Count);
    }

    public double Value => count == 0 ? double.NaN : sum / count;
}

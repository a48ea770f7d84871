namespace PluginHost.Host.Tests.Plugins.Kit;

/// <summary>The share of right classes, with one fault.</summary>
internal sealed class FaultyMetric(Fault fault) : IMetric
{
    private static int sharedRight, sharedCount;

    private int right, count, read;
    private double last;

    public bool HigherIsBetter => true;

    public double Value => fault switch
    {
        Fault.Throws when count == 0 => throw new InvalidOperationException("nothing was added"),
        Fault.Changes => right + ++read,
        Fault.Order => last,
        Fault.Shares => (double)sharedRight / sharedCount,
        _ => count == 0 ? double.NaN : (double)right / count,
    };

    public void Add(Scored scored)
    {
        if (scored.Labels is not { } labels || scored.Predicted is not { } predicted) throw new UsageException("It needs classes.");
        if (fault == Fault.Shares && count == 0) (sharedRight, sharedCount) = (0, 0);
        right += labels.Zip(predicted).Count(p => p.First == p.Second);
        count += labels.Length;
        sharedRight += labels.Zip(predicted).Count(p => p.First == p.Second);
        sharedCount += labels.Length;
        last = labels.Length;
    }
}

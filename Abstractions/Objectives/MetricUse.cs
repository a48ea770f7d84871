namespace PluginHost;

/// <summary>Where a metric is shown although nobody named it.</summary>
[Flags]
public enum MetricUse
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>When predictions of two classes are compared.</summary>
    TwoClasses = 1,

    /// <summary>When predictions of more than two classes are compared.</summary>
    ManyClasses = 2,

    /// <summary>When real-valued predictions are compared.</summary>
    Outputs = 4,

    /// <summary>When figures are broken down by class: see <see cref="IMetric.OfClass"/>.</summary>
    EachClass = 8,
}

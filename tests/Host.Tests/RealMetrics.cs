using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Scoring;
using PluginHost.Host.Tests.Checkpoints;

namespace PluginHost.Host.Tests;

/// <summary>Metrics of the plugins as they were built.</summary>
internal static class RealMetrics
{
    /// <summary>Fresh ones that have a figure of each class.</summary>
    public static IReadOnlyList<(string Name, IMetric Metric)> OfEachClass() =>
        MetricFactory.Usual(MetricUse.EachClass, RealComponents.Factory, Context);

    /// <summary>Fresh ones, with their defaults.</summary>
    public static MetricSet Of(params string[] names)
    {
        return new([.. names.Select(name => (name, RealComponents.Factory.Build<IMetric>(new(name), Context)))]);
    }

    /// <summary>A fresh one, with its defaults.</summary>
    public static IMetric One(string name) => RealComponents.Factory.Build<IMetric>(new(name), Context);

    private static PipelineBuildContext Context => new(RealComponents.Factory, null, null, PathSearch.WorkingDirectory);
}

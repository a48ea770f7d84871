using PluginHost.Host.Evaluation;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Checkpoints;

namespace PluginHost.Host.Tests;

/// <summary>Metrics of the plugins as they were built.</summary>
internal static class RealMetrics
{
    /// <summary>Fresh ones, with their defaults.</summary>
    public static MetricSet Of(params string[] names)
    {
        var context = new PipelineBuildContext(RealComponents.Factory, null, null, PathSearch.WorkingDirectory);
        return new([.. names.Select(name => (name, RealComponents.Factory.Build<IMetric>(new(name), context)))]);
    }
}

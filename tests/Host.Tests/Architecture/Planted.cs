// Arrows upwards on purpose: the floor test must find them.

using PluginHost.Host.Scoring;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Foundation.Planted
{
    internal sealed class Low
    {
        public static Type High => typeof(Stages.ToolStage);
    }
}

namespace PluginHost.Host.Training.Planted
{
    internal sealed class Beside
    {
        public Scoring.MetricSet? Neighbour { get; init; }
    }
}

using System.Runtime.CompilerServices;
using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(NeedsLate))]

namespace PluginHost.Fixtures;

/// <summary>Binds its dependency only when a figure is asked for, which in a run is hours after it was loaded.</summary>
public sealed class NeedsLate : IPlugin
{
    public void Register(ICatalog catalog) =>
        catalog.Add<IMetric, NoOptions>("late", (_, _) => new LateMetric(), "What a library says that is needed late.");
}

internal sealed class LateMetric : IMetric
{
    public bool HigherIsBetter => true;

    public double Value => Ask();

    public void Add(Scored scored) { }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Ask() => Late.Answer;
}

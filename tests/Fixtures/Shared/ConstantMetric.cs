namespace PluginHost.Fixtures;

/// <summary>The simplest component there is: its value is given.</summary>
internal sealed class ConstantMetric(double value) : IMetric
{
    public bool HigherIsBetter => true;

    public double Value => value;

    public void Add(Scored scored) { }
}

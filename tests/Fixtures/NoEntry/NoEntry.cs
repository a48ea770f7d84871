namespace PluginHost.Fixtures;

/// <summary>A plugin class that the assembly does not name as its entry.</summary>
public sealed class NoEntry : IPlugin
{
    public void Register(ICatalog catalog) { }
}

using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(CrashesLater))]

namespace PluginHost.Fixtures;

/// <summary>Registers well, and leaves a thread behind that ends the process a moment later.</summary>
public sealed class CrashesLater : IPlugin
{
    public void Register(ICatalog catalog)
    {
        new Thread(() =>
        {
            Thread.Sleep(100);
            throw new InvalidOperationException("a thread with nobody to catch it");
        }).Start();
        Thread.Sleep(1000);
    }
}

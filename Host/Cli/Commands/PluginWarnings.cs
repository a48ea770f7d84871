using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Cli.Commands;

/// <summary>Says which plugins were refused, one sentence each.</summary>
public sealed class PluginWarnings(IComponentFactory components, IRunView view)
{
    /// <summary>Warns.</summary>
    public void Show()
    {
        foreach (var plugin in components.Plugins)
            if (plugin is { State: PluginState.Refused, Failure: { } failure }) view.Warn($"{failure} ({plugin.Path})");
    }
}

using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Cli.Commands.Doctor;

/// <summary>The plugins found, and those refused.</summary>
internal sealed class PluginExamination(Lazy<IComponentFactory> components) : IExamination
{
    public int Order => 30;

    public IEnumerable<Finding> Look()
    {
        var folders = PluginFolders.Default(AppContext.BaseDirectory);
        yield return new("plugin folders", folders.Count == 0 ? "none" : string.Join(", ", folders));
        var plugins = components.Value.Plugins;
        var good = plugins.Where(p => p.Failure is null).Select(p => p.Name).ToList();
        yield return new("plugins", good.Count == 0 ? "none" : string.Join(", ", good))
        {
            Advice = good.Count == 0
                ? "There are no plugins, so nothing can be trained: build them with ./host.sh, or name a folder with --plugins." : null,
            Blocks = good.Count == 0,
        };
        foreach (var refused in plugins.Where(p => p.State == PluginState.Refused))
            yield return new("refused", refused.Path) { Advice = refused.Failure };
    }
}

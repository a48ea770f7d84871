using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins disable</c>.</summary>
[Example("host plugins disable MyTokenizer")]
public sealed class DisableOptions
{
    /// <summary>Which.</summary>
    [Required, Positional("NAME"), Description("A plugin, wherever it lies.")]
    public string Name { get; set; } = "";
}

/// <summary><c>host plugins disable</c></summary>
internal sealed class DisablePlugin(HostSettings settings, Lazy<ComponentFactory> components, IRunView view, TimeProvider clock)
    : HostCommand<DisableOptions>("plugins disable", "Switches a plugin off, wherever it lies; 'enable' switches it on.", order: 57)
{
    protected override Task<int> RunAsync(DisableOptions options, CancellationToken cancellation)
    {
        var plugin = PluginSearch.One(options.Name, settings);
        if (DisabledPlugins.Read().Has(plugin.Name)) view.Result($"{plugin.Name} is disabled already");
        else
        {
            new PluginStore(UserFolders.Required(UserFolders.Plugins), view.Say, clock)
                .Change(all => all.With(plugin.Name, Offers(plugin)), cancellation);
            view.Result($"{plugin.Name} is disabled; 'host plugins enable {plugin.Name}' switches it on again");
        }
        return Task.FromResult(ExitCodes.Done);
    }

    /// <summary>What it offers, so that whoever asks for that later hears why it is not there.</summary>
    private IReadOnlyList<ProvidedComponent> Offers(PluginFolder plugin)
    {
        try
        {
            if (InstalledPlugin.Manifest(Path.GetDirectoryName(plugin.File)!) is { Provides.Count: > 0 } manifest) return manifest.Provides;
        }
        catch (PluginException) { return []; } // One that is broken can be switched off all the same.
        return ComponentTables.Provides(components.Value, plugin.Name);
    }
}

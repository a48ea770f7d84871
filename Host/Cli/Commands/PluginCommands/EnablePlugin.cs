using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins enable</c>.</summary>
[Example("host plugins enable MyTokenizer")]
public sealed class EnableOptions
{
    /// <summary>Which.</summary>
    [Required, Positional("NAME"), Description("A plugin that is disabled.")]
    public string Name { get; set; } = "";
}

/// <summary><c>host plugins enable</c></summary>
internal sealed class EnablePlugin(HostSettings settings, IRunView view, TimeProvider clock) : HostCommand<EnableOptions>(
    "plugins enable", "Switches a plugin on again that was disabled.", order: 56)
{
    protected override Task<int> RunAsync(EnableOptions options, CancellationToken cancellation)
    {
        var disabled = DisabledPlugins.Read();
        if (disabled.Find(options.Name) is not { } name)
        {
            name = PluginSearch.One(options.Name, settings).Name;
            view.Result($"{name} is enabled already");
            return Task.FromResult(ExitCodes.Done);
        }
        new PluginStore(UserFolders.Required(UserFolders.Plugins), view.Say, clock).Change(all => all.Without(name), cancellation);
        view.Result($"{name} is enabled");
        return Task.FromResult(ExitCodes.Done);
    }
}

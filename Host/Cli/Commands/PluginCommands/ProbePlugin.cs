using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Cli.Terminal;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Probing;
using PluginHost.Host.Plugins.Verification;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins probe</c>.</summary>
public sealed class ProbeOptions
{
    /// <summary>The plugins.</summary>
    [Required, Positional("FOLDER"), Description("Folders of plugins.")]
    public IReadOnlyList<string> Folders { get; set; } = [];

    /// <summary>Whether more is done than loading them.</summary>
    [Description("Try every rule of the contract on what they offer.")]
    public bool Rules { get; set; }
}

/// <summary>
/// <c>host plugins probe FOLDER...</c>: loads plugins, and with <c>--rules</c> tries all that they offer. The host runs it in a process of
/// its own (<see cref="ChildHost"/>), so that whatever a plugin does to the process harms nothing else.
/// </summary>
internal sealed class ProbePlugin(Lazy<ComponentFactory> components, StandardStreams streams) : HostCommand<ProbeOptions>(
    "plugins probe", "Loads plugins and tells what they offer.", order: 69)
{
    public override bool Hidden => true;

    protected override Task<int> RunAsync(ProbeOptions options, CancellationToken cancellation)
    {
        var word = Environment.GetEnvironmentVariable(ProbeMessage.WordVariable) ?? "";
        // Not theirs to know.
        Environment.SetEnvironmentVariable(ProbeMessage.WordVariable, null);
        new PluginTrial(message =>
        {
            streams.Output.Write(message.Write(word));
            streams.Output.Flush();
        }, components).Run(options.Folders, options.Rules);
        return Task.FromResult(ExitCodes.Done);
    }
}

using System.ComponentModel;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins verify</c>.</summary>
[Example("host plugins verify my-plugins/")]
[Example("host plugins verify my-plugins/MyTokenizer")]
[Example("host plugins verify")]
public sealed class VerifyOptions
{
    /// <summary>Which plugins.</summary>
    [Positional("DIR"), Description("Plugin folders, or folders of them; the default ones if left out.")]
    public IReadOnlyList<string> Folders { get; set; } = [];
}

using System.ComponentModel;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins verify</c>.</summary>
[Example("host plugins verify my-plugins/")]
[Example("host plugins verify my-plugins/MyTokenizer")]
[Example("host plugins verify --json > verdicts.json")]
public sealed class VerifyOptions
{
    /// <summary>Which plugins.</summary>
    [Positional("DIR"), Description("Plugin folders, or folders of them; the default ones if left out.")]
    public IReadOnlyList<string> Folders { get; set; } = [];

    /// <summary>Whether the verdicts are printed as JSON.</summary>
    [Description("Print the verdicts as JSON: a list with an object a plugin.")]
    public bool Json { get; set; }
}

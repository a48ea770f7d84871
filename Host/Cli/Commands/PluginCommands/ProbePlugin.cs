using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Cli.Terminal;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host plugins probe</c>.</summary>
public sealed class ProbeOptions
{
    /// <summary>The plugin.</summary>
    [Required, Positional("FOLDER"), Description("The plugin's folder.")]
    public string Folder { get; set; } = "";
}

/// <summary>
/// <c>host plugins probe FOLDER</c>: loads one plugin and looks at everything it offers. Run in a process of its own by
/// <see cref="VerifyPlugins"/>, so that whatever the plugin does to the process harms nothing else.
/// </summary>
internal sealed class ProbePlugin(StandardStreams streams)
    : HostCommand<ProbeOptions>("plugins probe", "Loads one plugin and lists what it offers.", order: 53)
{
    /// <summary>Printed last, so that a plugin which ends the process early is not taken for a good one.</summary>
    public const string Whole = "verified";

    /// <summary>How the command is called.</summary>
    public static readonly string[] Words = ["plugins", "probe"];

    public override bool Hidden => true;

    protected override Task<int> RunAsync(ProbeOptions options, CancellationToken cancellation)
    {
        var catalog = new Catalog();
        PluginLoader.Load(PluginFolders.Find([options.Folder]), catalog);
        foreach (var plugin in catalog.Plugins)
            if (plugin.Failure is { } failure) throw new PluginException(failure);
        foreach (var offer in catalog.Offers)
        {
            CheckOptions(offer);
            streams.Output.WriteLine($"{ComponentKinds.Name(offer.Info.Kind)} {offer.Info.Name}");
        }
        streams.Output.WriteLine(Whole);
        return Task.FromResult(ExitCodes.Done);
    }

    /// <summary>Every option must have a type that can be written and a help text, and the options class must be creatable.</summary>
    private static void CheckOptions(Offer offer)
    {
        OptionsBinder.Create(offer.Info.Options);
        foreach (var property in OptionProperty.Of(offer.Info.Options))
        {
            if (!TypeNames.CanBeWritten(property.Type))
                throw new PluginException(
                    $"the option '{property.Name}' of '{offer.Info.Name}' has type {property.Type.Name}, which cannot be written in "
                        + "a pipeline.");
            if (property.Help.Length == 0)
                throw new PluginException(
                    $"the option '{property.Name}' of '{offer.Info.Name}' has no [Description], which is its help text.");
        }
    }
}

using System.CommandLine;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary><c>host plugins probe FILE</c>: loads one plugin and looks at everything it offers. Run in a process of its own by <c>verify</c>, so that whatever the plugin does to the process harms nothing else.</summary>
internal static class ProbePlugin
{
    /// <summary>The hidden command's name.</summary>
    public const string Name = "probe";

    /// <summary>Printed last, so that a plugin which ends the process early is not taken for a good one.</summary>
    public const string Whole = "verified";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER");
        var command = new HostCommand(Name, "Loads one plugin and lists what it offers.") { Hidden = true };
        command.Arguments.Add(folder);
        command.SetAction(parsed =>
        {
            var catalog = new Catalog();
            PluginLoader.Load(PluginFolders.Find([parsed.GetRequiredValue(folder)]), catalog);
            foreach (var plugin in catalog.Plugins)
                if (plugin.Failure is { } failure) throw new PluginException(failure);
            foreach (var offer in catalog.Offers)
            {
                CheckOptions(offer);
                Console.Out.WriteLine($"{ComponentKinds.Name(offer.Info.Kind)} {offer.Info.Name}");
            }
            Console.Out.WriteLine(Whole);
            return 0;
        });
        return command;
    }

    /// <summary>Every option must have a type that can be written and a help text, and the options class must be creatable.</summary>
    private static void CheckOptions(Offer offer)
    {
        OptionsBinder.Create(offer.Info.Options);
        foreach (var property in OptionProperty.Of(offer.Info.Options))
        {
            if (!TypeNames.CanBeWritten(property.Type))
                throw new PluginException($"the option '{property.Name}' of '{offer.Info.Name}' has type {property.Type.Name}, which cannot be written in a pipeline.");
            if (property.Help.Length == 0)
                throw new PluginException($"the option '{property.Name}' of '{offer.Info.Name}' has no [Description], which is its help text.");
        }
    }
}

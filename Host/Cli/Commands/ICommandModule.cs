using System.CommandLine;

namespace PluginHost.Host.Cli.Commands;

/// <summary>One of the host's own commands. The host scans its assembly for these; there is no central list.</summary>
public interface ICommandModule
{
    /// <summary>Where it stands in the help: small numbers first.</summary>
    int Order { get; }

    /// <summary>Makes the command. Called at every start, so it only describes; the work is in the command's action.</summary>
    Command Create();
}

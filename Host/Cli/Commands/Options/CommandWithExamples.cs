using System.CommandLine;

namespace PluginHost.Host.Cli.Commands.Options;

/// <summary>A command whose help begins with examples.</summary>
internal sealed class CommandWithExamples(string name, string description) : Command(name, description)
{
    /// <summary>Command lines that work as they stand.</summary>
    public IReadOnlyList<string> Examples { get; set; } = [];

    /// <summary>Whether it stands for a noun of plugins' tools.</summary>
    public bool OfPlugins { get; init; }
}

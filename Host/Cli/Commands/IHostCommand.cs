using System.Reflection;

namespace PluginHost.Host.Cli.Commands;

/// <summary>One of the host's own commands. The host scans its assembly for these; there is no central list.</summary>
public interface IHostCommand
{
    /// <summary>One word, or a noun and a verb as tools have: <c>plugins list</c>.</summary>
    string Name { get; }

    /// <summary>One line for the help.</summary>
    string Summary { get; }

    /// <summary>Where it stands in the help: small numbers first.</summary>
    int Order { get; }

    /// <summary>Whether the help leaves it out.</summary>
    bool Hidden => false;

    /// <summary>A plain class with defaults, limits and descriptions; it becomes the command's arguments and options.</summary>
    Type Options { get; }

    /// <summary>Command lines that work as they stand: the help begins with them.</summary>
    IReadOnlyList<string> Examples => [.. Options.GetCustomAttributes<ExampleAttribute>().Select(e => e.CommandLine)];

    /// <summary>Does it.</summary>
    /// <param name="options">Of type <see cref="Options"/>, validated.</param>
    /// <param name="cancellation">Set by Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    Task<int> RunAsync(object options, CancellationToken cancellation);
}

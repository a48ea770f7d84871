using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PluginHost.Host.Cli.Commands.Options;

/// <summary>Help that begins with examples.</summary>
/// <param name="rest">The help that follows.</param>
/// <param name="rootExamples">Examples of the whole command line.</param>
/// <param name="completeRoot">Adds the commands that plugins bring, which takes a moment: called after the examples are out.</param>
internal sealed class ExampleHelp(HelpAction rest, IReadOnlyList<string> rootExamples, Action completeRoot) : SynchronousCommandLineAction
{
    // Asking for help never fails, whatever else stands on the line.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var examples = command is CommandWithExamples known ? known.Examples : command is RootCommand ? rootExamples : [];
        var output = parseResult.InvocationConfiguration.Output;
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine("  " + example);
            output.WriteLine();
            output.Flush();
        }
        if (command is RootCommand) completeRoot();
        return rest.Invoke(parseResult);
    }
}

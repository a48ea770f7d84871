using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PluginHost.Host.Commands;

/// <summary>Help that begins with examples.</summary>
internal sealed class ExampleHelp(HelpAction rest, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    // Asking for help never fails, whatever else stands on the line.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var examples = command is HostCommand known ? known.Examples : command is RootCommand ? rootExamples : [];
        var output = parseResult.InvocationConfiguration.Output;
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine("  " + example);
            output.WriteLine();
            output.Flush();
        }
        return rest.Invoke(parseResult);
    }
}

using System.CommandLine;
using PluginHost.Host.Commands;
using PluginHost.Host.DataTools;
using PluginHost.Host.DataTools.Checking;
using PluginHost.Host.DataTools.Haplotypes;
using PluginHost.Host.DataTools.Negatives;
using PluginHost.Host.DataTools.Noise;
using PluginHost.Host.DataTools.Splitting;
using PluginHost.Host.DataTools.Windows;
using PluginHost.Host.Terminal;

namespace PluginHost.Host.Tests.DataTools;

/// <summary>Runs the data commands without a process of their own.</summary>
internal static class DataToolRunner
{
    private static readonly IDataTool[] tools = [new SplitTool(), new CheckTool(), new WindowsTool(), new NegativesTool(), new HaplotypeTool(), new NoiseTool()];

    public static void Run(string verb, IReadOnlyList<string> arguments, List<string> said)
    {
        var command = new RootCommand();
        new HostCommands([.. tools.Select(t => new DataCommand(t, new SayingView(said)))], [new CommandNoun("data", "")]).AddTo(command);
        var parsed = command.Parse(["data", verb, .. arguments]);
        Assert.Empty(parsed.Errors);
        var code = parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).GetAwaiter().GetResult();
        Assert.Equal(0, code);
    }

    /// <summary>Keeps all that is shown, tables cell by cell.</summary>
    private sealed class SayingView(List<string> said) : IRunView
    {
        public void Say(string message) => said.Add(message);

        public void Warn(string message) => said.Add("warning: " + message);

        public void StageStarted(string name, long totalSteps) { }

        public void Step(StepReport report) { }

        public void Progress(string what, long done, long? total) { }

        public void StageFinished(string summary) { }

        public void Table(ResultTable table)
        {
            said.Add(string.Join(" | ", table.Columns));
            foreach (var row in table.Rows) said.Add(string.Join(" | ", row));
        }

        public void Result(string line) => said.Add(line);
    }
}

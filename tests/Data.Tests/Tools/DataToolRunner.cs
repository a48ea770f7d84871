using System.CommandLine;
using PluginHost.Host.Cli.Commands;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;
using PluginHost.Plugins.DataTools;

namespace PluginHost.Data.Tests.Tools;

/// <summary>Runs the data commands without a process of their own.</summary>
internal static class DataToolRunner
{
    public static void Run(string verb, IReadOnlyList<string> arguments, List<string> said)
    {
        var root = new RootCommand();
        new ToolCommands(new ComponentFactory(Catalog), new SayingView(said)).AddTo(root);
        // What a tool prints goes through the view line by line.
        var parsed = root.Parse(["data", verb, .. arguments]);
        Assert.Empty(parsed.Errors);
        var code = parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).GetAwaiter().GetResult();
        Assert.Equal(0, code);
    }

    private static Catalog Catalog()
    {
        var catalog = new Catalog();
        catalog.Register(new PluginInfo("DataTools", "DataTools.dll", "", "", null), new DataToolsPlugin().Register);
        return catalog;
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

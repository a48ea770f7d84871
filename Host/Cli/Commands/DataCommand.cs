using PluginHost.Host.DataTools;

namespace PluginHost.Host.Cli.Commands;

/// <summary><c>host data split | check | windows | ...</c>: one command for each data tool.</summary>
internal sealed class DataCommand(IDataTool tool, IRunView view) : IHostCommand
{
    public string Name => $"data {tool.Verb}";

    public string Summary => tool.Summary;

    public int Order => 44;

    public Type Options => tool.Options;

    public IReadOnlyList<string> Examples => tool.Examples;

    public Task<int> RunAsync(object options, CancellationToken cancellation) => Task.FromResult(tool.Run(options, view, cancellation));
}

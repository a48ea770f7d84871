namespace PluginHost.Plugins.DataTools;

/// <summary>A tool that makes, divides or examines data.</summary>
/// <param name="build">Where files to read lie.</param>
internal abstract class DataTool(BuildContext build) : ITool
{
    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        Run(new ToolRun(context, build), cancellation);
        return Task.FromResult(0);
    }

    /// <summary>Does it; whatever stops it is thrown.</summary>
    /// <param name="run">Where results, messages and files go.</param>
    /// <param name="cancellation">Asks to stop: nothing is left behind.</param>
    protected abstract void Run(ToolRun run, CancellationToken cancellation);
}

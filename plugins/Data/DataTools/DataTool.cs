using PluginHost.Libs.Files;

namespace PluginHost.Plugins.DataTools;

/// <summary>A tool that makes, divides or examines data.</summary>
/// <param name="build">Where files to read lie.</param>
internal abstract class DataTool(BuildContext build) : ITool
{
    /// <inheritdoc/>
    IReadOnlyList<string> ITool.Files =>
        PathPatterns.Meant(Inputs.OfType<string>().Where(path => path.Length > 0), build.ResolvePath);

    /// <summary>Paths and patterns of what it reads, as the options have them; null for those not given.</summary>
    protected abstract IEnumerable<string?> Inputs { get; }

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

namespace PluginHost.Plugins.DataTools;

/// <summary>What a tool speaks to and finds its files by while it runs.</summary>
/// <param name="context">Where results and messages go.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class ToolRun(ToolContext context, BuildContext build)
{
    /// <summary>The path of a file or folder to read.</summary>
    public string Input(string path) => build.ResolvePath(path);

    /// <summary>The path of a file or folder to write.</summary>
    public string Output(string path) => context.OutputPath(path);

    /// <inheritdoc cref="ToolContext.Say"/>
    public void Say(string message) => context.Say(message);

    /// <inheritdoc cref="ToolContext.Warn"/>
    public void Warn(string message) => context.Warn(message);

    /// <inheritdoc cref="ToolContext.Progress"/>
    public void Progress(string what, long done, long? total) => context.Progress(what, done, total);

    /// <inheritdoc cref="ToolContext.Show"/>
    public void Show(ResultTable table) => context.Show(table);

    /// <summary>Prints a line of results on standard output.</summary>
    public void Result(string line) => context.Output.WriteLine(line);
}

namespace PluginHost.Host.Cli.Commands;

/// <summary>What a tool may use of the host.</summary>
internal sealed class ViewToolContext(IRunView view) : ToolContext
{
    /// <inheritdoc/>
    public override TextWriter Output => Console.Out;

    /// <inheritdoc/>
    public override void Say(string message) => view.Say(message);

    /// <inheritdoc/>
    public override void Warn(string message) => view.Warn(message);

    /// <inheritdoc/>
    public override void Show(ResultTable table) => view.Table(table);

    /// <inheritdoc/>
    public override void Progress(string what, long done, long? total) => view.Progress(what, done, total);
}

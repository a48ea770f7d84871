using System.Globalization;
using PluginHost.Host.Foundation;

namespace PluginHost.Host.Cli.Commands;

/// <summary>What a tool may use of the host.</summary>
internal sealed class ViewToolContext(IRunView view) : ToolContext
{
    /// <inheritdoc/>
    public override TextWriter Output { get; } = new ResultWriter(view);

    /// <inheritdoc/>
    public override void Say(string message) => view.Say(message);

    /// <inheritdoc/>
    public override void Warn(string message) => view.Warn(message);

    /// <inheritdoc/>
    public override void Show(ResultTable table) => view.Table(table);

    /// <inheritdoc/>
    public override void Progress(string what, long done, long? total) => view.Progress(what, done, total);

    /// <inheritdoc/>
    /// <remarks>As it was written, so that messages name it so.</remarks>
    public override string OutputPath(string path) => path;

    /// <summary>Standard output, whose whole lines do not run into a line of progress.</summary>
    private sealed class ResultWriter(IRunView view) : TextWriter(CultureInfo.InvariantCulture)
    {
        public override System.Text.Encoding Encoding => Console.Out.Encoding;

        public override void Write(char value) => Console.Out.Write(value);

        public override void Write(string? value) => Console.Out.Write(value);

        public override void Write(ReadOnlySpan<char> buffer) => Console.Out.Write(buffer);

        public override void Write(char[] buffer, int index, int count) => Console.Out.Write(buffer, index, count);

        public override void WriteLine(string? value) => view.Result(value ?? "");

        public override void Flush() => Console.Out.Flush();
    }
}

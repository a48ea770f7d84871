using System.Globalization;
using System.Text;
using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Stages;

/// <summary>
/// What a tool may use of the host, as a command: paths are relative to the working directory, models are opened from their folders.
/// </summary>
/// <param name="components">Builds models and sources.</param>
/// <param name="context">Builds sources; knows where relative paths are looked for.</param>
/// <param name="view">What the user sees.</param>
public class HostToolContext : ToolContext
{
    private readonly IComponentFactory components;
    private readonly PipelineBuildContext context;
    private readonly IRunView view;

    /// <inheritdoc cref="HostToolContext"/>
    public HostToolContext(IComponentFactory components, PipelineBuildContext context, IRunView view)
    {
        (this.components, this.context, this.view) = (components, context, view);
        Output = new ResultWriter(line => view.Result(Worded(line)));
    }

    /// <inheritdoc/>
    public override TextWriter Output { get; }

    /// <inheritdoc/>
    public override void Say(string message) => view.Say(Worded(message));

    /// <inheritdoc/>
    public override void Warn(string message) => view.Warn(Worded(message));

    /// <inheritdoc/>
    public override void Show(ResultTable table)
    {
        var worded = new ResultTable(Worded(table.Title), table.Columns) { Alignment = table.Alignment };
        foreach (var row in table.Rows) worded.Add([.. row.Select(Worded)]);
        foreach (var note in table.Notes) worded.Notes.Add(Worded(note));
        view.Table(worded);
    }

    /// <inheritdoc/>
    public override void Progress(string what, long done, long? total) => view.Progress(what, done, total);

    /// <inheritdoc/>
    /// <remarks>As it was written, so that messages name it so.</remarks>
    public override string OutputPath(string path) => path;

    /// <inheritdoc/>
    public override TrainedModel OpenModel(string path, string device = "auto") => path.Length == 0
        ? throw new UsageException("No model is named; give a run folder, or the model/ folder that 'host run' left.")
        : LoadedModel.Load(context.ResolvePath(path), null, device, components, view.Warn);

    /// <inheritdoc/>
    public override ISampleSource OpenInput(string path) =>
        Open(new(path, new InputFormats(components).Read(context.ResolvePath(path), path).Source), OptionWriting.Nowhere);

    /// <inheritdoc/>
    public override ISampleSource OpenInput(IReadOnlyList<string> paths, IReadOnlyList<string> settings) => new JoinedInputs([
        .. new DataArgument(new InputFormats(components)).Read(paths, settings, context.ResolvePath)
            .Select(named => (named.File, Open(named, DataWriting))),
    ]);

    private ISampleSource Open(NamedData named, Func<string, string, string> writing)
    {
        var data = context.Writing(writing).Build<IDataSource>(named.Source);
        var samples = data.Open(Split.Test);
        foreach (var note in data.Notes.Except(samples?.LeftOut ?? [])) view.Say(note);
        foreach (var sentence in samples?.LeftOut ?? []) Warn(sentence);
        return samples is { Count: > 0 } ? samples : throw new DataException($"{named.File} holds no sequences.");
    }

    /// <summary>How messages write an option of the data.</summary>
    protected virtual Func<string, string, string> DataWriting => OptionWriting.Data;

    /// <summary>A message as the user reads it.</summary>
    protected virtual string Worded(string message) => message;

    /// <summary>Standard output by whole lines, so that they do not run into a line of progress.</summary>
    private sealed class ResultWriter(Action<string> show) : TextWriter(CultureInfo.InvariantCulture)
    {
        private readonly StringBuilder line = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            if (value != '\n') line.Append(value);
            else End();
        }

        public override void WriteLine(string? value)
        {
            line.Append(value);
            End();
        }

        public override void Flush()
        {
            if (line.Length > 0) End();
        }

        private void End()
        {
            show(line.ToString());
            line.Clear();
        }
    }
}

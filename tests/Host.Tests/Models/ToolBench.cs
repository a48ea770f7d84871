using PluginHost.Libs.Tools.Input;

namespace PluginHost.Host.Tests.Models;

/// <summary>Runs a tool on a model and on sequences in memory.</summary>
internal sealed class ToolBench(TrainedModel model, IReadOnlyList<Sample> samples) : ToolContext
{
    public List<string> Said { get; } = [];

    public override TextWriter Output { get; } = new StringWriter();

    public override void Say(string message) => Said.Add(message);

    public override void Progress(string what, long done, long? total) => OnProgress?.Invoke(done);

    public Action<long>? OnProgress { get; init; }

    public override TrainedModel OpenModel(string path, string device = "auto") => model;

    public override ISampleSource OpenInput(string path) => new ListedSource(samples);
}

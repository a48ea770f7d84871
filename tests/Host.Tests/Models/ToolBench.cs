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

    /// <summary>What files hold; the sequences where none is named.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Sample>> Files { get; init; } = new Dictionary<string, IReadOnlyList<Sample>>();

    public override ISampleSource OpenInput(string path) =>
        new ListedSource(Files.TryGetValue(path, out var held) ? held : samples);
}

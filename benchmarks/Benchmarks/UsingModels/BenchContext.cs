using PluginHost.Libs.Tools.Input;

namespace PluginHost.Benchmarks;

/// <summary>A tool's host: one model, sequences in memory, nothing said.</summary>
/// <param name="model">That the tool opens.</param>
/// <param name="samples">That it reads, where it reads no file.</param>
internal sealed class BenchContext(TrainedModel model, IReadOnlyList<Sample> samples) : ToolContext
{
    public override TextWriter Output => TextWriter.Null;

    public override void Say(string message)
    {
    }

    public override void Show(ResultTable table)
    {
    }

    public override void Progress(string what, long done, long? total)
    {
    }

    public override TrainedModel OpenModel(string path, string device = "auto") => model;

    public override ISampleSource OpenInput(IReadOnlyList<string> paths, IReadOnlyList<string> settings) => new ListedSource(samples);
}

using PluginHost.Host.Foundation;

namespace PluginHost.Host.Tests.Training;

/// <summary>Collects what a run says.</summary>
internal sealed class SilentView : IRunView
{
    public List<string> Said { get; } = [];

    public List<string> Warned { get; } = [];

    public List<StepReport> Steps { get; } = [];

    public bool KeepSteps { get; init; } = true;

    public Action<StepReport>? OnStep { get; init; }

    public void Say(string message) => Said.Add(message);

    public void Warn(string message) => Warned.Add(message);

    public void StageStarted(string name, long totalSteps) { }

    public void Step(StepReport report)
    {
        if (KeepSteps) Steps.Add(report);
        OnStep?.Invoke(report);
    }

    public void Progress(string what, long done, long? total) { }

    public void StageFinished(string summary) => Said.Add(summary);

    public void Table(ResultTable table) => Said.Add(table.Title);

    public void Result(string line) => Said.Add(line);
}

using PluginHost.Host.Foundation;

namespace PluginHost.Host.Apps.Benchmarks;

/// <summary>
/// What the watcher of many runs sees of one: its progress, and its results as messages. Standard output is left to the
/// results of all.
/// </summary>
/// <param name="view">Of the watcher.</param>
internal sealed class QuietResultsView(IRunView view) : IRunView
{
    /// <inheritdoc/>
    public void Say(string message) => view.Say(message);

    /// <inheritdoc/>
    public void Warn(string message) => view.Warn(message);

    /// <inheritdoc/>
    public void StageStarted(string name, long totalSteps) => view.StageStarted(name, totalSteps);

    /// <inheritdoc/>
    public void Step(StepReport report) => view.Step(report);

    /// <inheritdoc/>
    public void Progress(string what, long done, long? total) => view.Progress(what, done, total);

    /// <inheritdoc/>
    public void StageFinished(string summary) => view.StageFinished(summary);

    /// <summary>Nothing: the stage's line has the same figures.</summary>
    public void Table(ResultTable table) { }

    /// <inheritdoc/>
    public void Result(string line) => view.Say(line);
}

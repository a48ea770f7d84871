using System.Globalization;
using PluginHost.Host.Foundation;
using PluginHost.Host.Records;

namespace PluginHost.Host.Training.Observers;

/// <summary>
/// Tells a run's observers what its logs hold, and nothing else: whether the run was interrupted or its first stages were taken
/// from another, they hear the same from the first line on.
/// </summary>
public sealed class RunObservers : IDisposable
{
    private readonly List<(string Name, IRunObserver Observer, Lazy<ObservedRun> Run)> watching;
    private readonly RunFolder? folder;
    private readonly LogFollower metrics, timings;
    private readonly Action<string> warn;
    private readonly Dictionary<(string Stage, long? Step), LogLine> clocks = [];
    private string? current;

    /// <param name="observers">Names and observers.</param>
    /// <param name="folder">The run folder; folders of an earlier attempt are emptied.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="warn">Told of an observer that fails.</param>
    public RunObservers(IReadOnlyList<(string Name, IRunObserver Observer)> observers, RunFolder folder, string run, Action<string> warn)
    {
        (this.folder, this.warn) = (folder, warn);
        (metrics, timings) = (new(folder.Of(RunFiles.Metrics)), new(folder.Of(RunFiles.Timings)));
        watching = [.. observers.Select(o => (o.Name, o.Observer, new Lazy<ObservedRun>(() => Prepare(folder, run, o.Name))))];
    }

    private RunObservers() => (watching, metrics, timings, warn) = ([], new(""), new(""), _ => { });

    /// <summary>Nobody looks on.</summary>
    public static RunObservers None { get; } = new();

    /// <summary>Builds observers and names them apart.</summary>
    public static IReadOnlyList<(string Name, IRunObserver Observer)> Build(IReadOnlyList<ComponentSpec> specs, BuildContext context) =>
        [.. specs.Select((spec, i) => (NameOf(specs, i), context.Build<IRunObserver>(spec)))];

    /// <summary>A stage begins, or goes on from a checkpoint: its figures so far are told.</summary>
    public void StageStarted(string stage)
    {
        Enter(stage);
        CatchUp();
    }

    /// <summary>Tells what was logged since the last time.</summary>
    public void CatchUp()
    {
        if (watching.Count > 0) Tell(folder!.Metrics.Length, folder.Timings.Length);
    }

    /// <summary>A stage is done, now or by an earlier attempt: what its part of the logs holds is told, then its end.</summary>
    public void StageEnded(StageRecord record)
    {
        if (watching.Count == 0) return;
        Enter(record.Name);
        Tell(record.MetricsOffset, record.TimingsOffset);
        Each((o, run) => o.StageEnded(new StageEnded
        {
            Run = run, Stage = record.Name, Steps = record.Steps, Seconds = record.Seconds, Metrics = record.Metrics,
        }));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // An observer that heard nothing has no folder, and must not empty that of an earlier attempt.
        watching.RemoveAll(one => !one.Run.IsValueCreated);
        Each((o, _) => (o as IDisposable)?.Dispose());
    }

    private void Enter(string stage)
    {
        if (stage == current) return;
        current = stage;
        Each((o, run) => o.StageStarted(new StageStarted { Run = run, Stage = stage }));
    }

    private void Tell(long metricsEnd, long timingsEnd)
    {
        foreach (var clock in timings.Next(timingsEnd)) clocks[(clock.Stage, clock.Step)] = clock;
        foreach (var line in metrics.Next(metricsEnd))
        {
            Enter(line.Stage);
            clocks.Remove((line.Stage, line.Step), out var clock);
            if (line.Metrics is { } figures) Each((o, run) => o.Evaluated(new EvaluationFigures
            {
                Run = run, Stage = line.Stage, Step = line.Step, Split = line.Split!, Samples = line.Samples ?? 0, Metrics = figures,
            }));
            else Each((o, run) => o.Trained(new TrainingFigures
            {
                Run = run, Stage = line.Stage, Step = line.Step!.Value, Epoch = line.Epoch!.Value, Loss = line.Loss!.Value,
                LearningRate = line.LearningRate!.Value, GradientNorm = line.GradientNorm!.Value,
                Seconds = clock?.Seconds ?? double.NaN, TokensPerSecond = clock?.TokensPerSecond ?? double.NaN,
            }));
        }
    }

    // An observer that fails is let go: hours of training do not hang on whether somebody could look on.
    private void Each(Action<IRunObserver, ObservedRun> tell)
    {
        foreach (var one in watching.ToList())
        {
            try { tell(one.Observer, one.Run.Value); }
            catch (Exception failure)
            {
                watching.Remove(one);
                warn($"The observer '{one.Name}' failed and is switched off; the run goes on, its figures are in metrics.jsonl. "
                    + $"{Causes.Of(failure)}");
            }
        }
    }

    private static ObservedRun Prepare(RunFolder folder, string run, string name)
    {
        var own = folder.Of(RunFiles.Observers, name);
        if (Directory.Exists(own)) Directory.Delete(own, recursive: true);
        Directory.CreateDirectory(own);
        return (string?)folder.Recorded("started") is { } started
            ? new ObservedRun(run, own, DateTimeOffset.Parse(started, CultureInfo.InvariantCulture))
            : new ObservedRun(run, own, TimeProvider.System.GetUtcNow());
    }

    private static string NameOf(IReadOnlyList<ComponentSpec> specs, int index)
    {
        var name = specs[index].Use.Replace('/', '-');
        var before = specs.Take(index).Count(s => s.Use == specs[index].Use);
        return before == 0 ? name : FormattableString.Invariant($"{name}-{before + 1}");
    }
}

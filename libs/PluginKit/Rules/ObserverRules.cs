using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

/// <summary>What the contract asks of observers, rule by rule.</summary>
internal static class ObserverRules
{
    public static IEnumerable<Rule> Of(Subject subject)
    {
        yield return new("a run", () => Watch(subject));
        yield return new("figures that are unknown", () => Watch(subject, double.NaN));
    }

    /// <summary>Tells it of a short run of two stages, in the order of <c>metrics.jsonl</c>.</summary>
    private static void Watch(Subject subject, double unknown = 1)
    {
        var folder = Directory.CreateTempSubdirectory("plugin-kit-").FullName;
        var observer = subject.Build<IRunObserver>();
        try
        {
            var run = new ObservedRun("example", folder, DateTimeOffset.UnixEpoch);
            foreach (var stage in (string[])["pretrain", "finetune"])
            {
                observer.StageStarted(new StageStarted { Run = run, Stage = stage });
                for (var step = 10; step <= 30; step += 10)
                {
                    observer.Trained(new TrainingFigures
                    {
                        Run = run, Stage = stage, Step = step, Epoch = step / 30.0, Loss = 1.0 / step, LearningRate = 0.001,
                        GradientNorm = 1, Seconds = unknown, TokensPerSecond = unknown,
                    });
                    observer.Evaluated(new EvaluationFigures
                    {
                        Run = run, Stage = stage, Step = step, Split = "dev", Samples = 8,
                        Metrics = new Dictionary<string, double> { ["loss"] = 1.0 / step, ["mcc"] = unknown },
                    });
                }
                observer.StageEnded(new StageEnded
                {
                    Run = run, Stage = stage, Steps = 30, Seconds = 1, Metrics = new Dictionary<string, double> { ["loss"] = unknown },
                });
            }
            (observer as IDisposable)?.Dispose();
            Require(Directory.Exists(folder), "it deleted its folder.");
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }
}

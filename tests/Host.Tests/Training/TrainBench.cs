using PluginHost.Checkpoints;
using PluginHost.Host.Batches;
using PluginHost.Host.Foundation;
using PluginHost.Host.Models;
using PluginHost.Host.Models.Adapters;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Records;
using PluginHost.Host.Scoring;
using PluginHost.Host.Training;
using PluginHost.Host.Training.Observers;
using PluginHost.Libs.Genomics.Leakage;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Training;

/// <summary>Trains the tiny parts into a folder that is gone when the test ends; a name used again is resumed.</summary>
internal sealed class TrainBench : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("trainer").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private sealed class Accuracy : IMetric
    {
        private long right, all;

        public bool HigherIsBetter => true;

        public double Value => (double)right / all;

        public void Add(Scored scored)
        {
            right += scored.Labels!.Zip(scored.Predicted!).Count(p => p.First == p.Second);
            all += scored.Labels!.Length;
        }
    }

    public sealed record Attempt(TrainState State, TaskModel Model, string Metrics, SilentView View)
    {
        public string Weights { get; } = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Bytes(Model)));

        private static byte[] Bytes(TaskModel model)
        {
            using var stream = new MemoryStream();
            SafetensorsFile.Write(stream, model.State());
            return stream.ToArray();
        }
    }

    public static TrainOptions Options(Action<TrainOptions>? change = null)
    {
        var options = new TrainOptions
        {
            Steps = 20, BatchTokens = 300, LearningRate = 1e-2, LogEvery = 3, EvaluateEvery = 5,
            CheckpointEvery = 2, Precision = Precision.Fp32
        };
        change?.Invoke(options);
        return options;
    }

    public Attempt Train(
        string name, TrainOptions options, bool dropout = true, MoreSettings? more = null, CancellationToken cancellation = default,
            SilentView? view = null)
    {
        view ??= new SilentView();
        var path = Path.Combine(Root, name);
        const string pipeline = "name: t\n";
        using var folder = Directory.Exists(path) ? RunFolder.Resume(path, pipeline) : RunFolder.Create(path, pipeline);
        manual_seed(5);
        var model = more?.Model?.Invoke() ?? TinyParts.Model(dropout);
        if (options.Lora is { } lora) LoraAdapters.Attach(model, lora, seed: 3);
        var compute = Compute.For(CPU, options.Precision);
        var recipe = BatchRecipe.Of(new TinyParts.Letters(), more?.Objective ?? new TinyParts.MoreAThanT(), model.MaxTokens, options);
        var dev = new ScoringJob
        {
            Model = model, Compute = compute,
            Batches = new()
            {
                Source = new FakeSource([.. Enumerable.Range(0, 20).Select(i => 12 + i)]), Recipe = recipe,
                Seed = RandomStreams.Seed(1, "score/dev"), Limit = options.EvaluateSamples
            },
        };
        var evaluations = 0;
        DevScore Score(CancellationToken token)
        {
            var result = Evaluator.Run(dev, new MetricSet([("accuracy", new Accuracy())]), keepPredictions: false, null, token);
            var score = new DevScore(result.Samples, result.Metrics) { Loss = result.Loss, Why = "its truths do not differ" };
            return more?.Dev?.Invoke(++evaluations, score) ?? score;
        }
        var job = new TrainJob
        {
            Name = "s", Stream = "s", Seed = 1, Options = options, Model = model, Recipe = recipe,
            Optimizer = more?.Optimizer ?? Shipped.Build<IOptimizerFactory>("adamw"), Schedule = more?.Schedule
                ?? Shipped.Build<ISchedule>("linear"),
            Train = more?.Train ?? new FakeSource([.. Enumerable.Range(0, 60).Select(i => 10 + i % 25)]), ScoreDev = more?.NoDev == true
                ? null : Score,
            SelectBy = "accuracy", Blind = more?.Blind, HigherIsBetter = true, Compute = compute, Folder = folder,
            Checkpoints = new CheckpointStore(folder.Of("checkpoints", "s"), options.KeepCheckpoints), View = view,
        };
        using var observers = new RunObservers(more?.Observers ?? [], folder, "t", view.Warn);
        job = job with { Observers = observers };
        var state = more?.Rates is { } rates
            ? RateTrials.Run([.. rates.Select(r => job with
            {
                Name = $"s-{RateTrials.Name(r)}", Options = options.At(r),
                Checkpoints = new CheckpointStore(folder.Of("checkpoints", "s", RateTrials.Name(r)), options.KeepCheckpoints),
            })], cancellation).State
            : Trainer.Run(job, cancellation);
        folder.Metrics.Sync();
        return new Attempt(state, model, File.ReadAllText(folder.Of("metrics.jsonl")), view);
    }

    public sealed record MoreSettings(IObjective? Objective = null, ISampleSource? Train = null, bool NoDev = false,
        Func<TaskModel>? Model = null)
    {
        /// <summary>Changes what an evaluation on dev gives: its number, from 1, and what it gave.</summary>
        public Func<int, DevScore, DevScore>? Dev { get; init; }

        public string? Blind { get; init; }

        /// <summary>Learning rates to choose from; null for that of the options.</summary>
        public IReadOnlyList<double>? Rates { get; init; }

        public IOptimizerFactory? Optimizer { get; init; }

        public ISchedule? Schedule { get; init; }

        public IReadOnlyList<(string Name, IRunObserver Observer)>? Observers { get; init; }
    }
}

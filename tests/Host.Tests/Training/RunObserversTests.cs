using System.Text.Json.Nodes;
using PluginHost.Host.Models;
using PluginHost.Host.Training;
using PluginHost.Host.Training.Observers;

namespace PluginHost.Host.Tests.Training;

[Collection("libtorch")]
public sealed class RunObserversTests : IDisposable
{
    private readonly TrainBench bench = new();

    public void Dispose() => bench.Dispose();

    /// <summary>Writes what it is told into its folder, and fails when told to.</summary>
    private sealed class Scribe(Func<RunEvent, bool>? fails = null) : IRunObserver, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void StageStarted(StageStarted stage) => Note(stage, "started");

        public void Trained(TrainingFigures figures) =>
            Note(figures, FormattableString.Invariant($"{figures.Step} {figures.Loss:R} {figures.LearningRate:R}"));

        public void Evaluated(EvaluationFigures figures) =>
            Note(figures, FormattableString.Invariant($"{figures.Step} {figures.Split} {figures.Metrics["accuracy"]:R}"));

        public void Dispose() => IsDisposed = true;

        private void Note(RunEvent of, string line)
        {
            if (fails?.Invoke(of) == true) throw new InvalidOperationException("no ink");
            File.AppendAllText(Path.Combine(of.Run.Folder, "notes.txt"), $"{of.Stage} {line}\n");
        }
    }

    private TrainBench.Attempt Train(string name, IRunObserver observer, CancellationToken cancellation = default,
        SilentView? view = null) =>
        bench.Train(name, TrainBench.Options(), more: new() { Observers = [("scribe", observer)] }, cancellation: cancellation, view: view);

    private string Notes(string name) => File.ReadAllText(Path.Combine(bench.Root, name, "observers", "scribe", "notes.txt"));

    [Fact]
    public void It_is_told_what_the_log_holds()
    {
        var scribe = new Scribe();
        var attempt = Train("told", scribe);

        var expected = attempt.Metrics.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
            .Select(line =>
            line["metrics"] is { } metrics
                ? FormattableString.Invariant($"s {(long)line["step"]!} dev {(double)metrics["accuracy"]!:R}")
                : FormattableString.Invariant($"s {(long)line["step"]!} {(double)line["loss"]!:R} {(double)line["learning_rate"]!:R}"));
        Assert.Equal(["s started", .. expected], Notes("told").TrimEnd().Split('\n'));
        Assert.True(scribe.IsDisposed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    public void After_a_resumption_its_folder_is_that_of_an_uninterrupted_run(int step)
    {
        var whole = Train("whole", new Scribe());
        using var cancel = new CancellationTokenSource();
        var view = new SilentView { OnStep = report => { if (report.Step == step) cancel.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => Train("cut", new Scribe(), cancel.Token, view));
        File.AppendAllText(Path.Combine(bench.Root, "cut", "metrics.jsonl"), "{\"stage\":\"s\",\"step\":99}\n");
        var resumed = Train("cut", new Scribe());

        Assert.Equal(whole.Metrics, resumed.Metrics);
        Assert.Equal(Notes("whole"), Notes("cut"));
    }

    [Fact]
    public void One_that_throws_is_switched_off_with_a_warning_and_the_run_and_the_others_go_on()
    {
        var view = new SilentView();
        var fails = new Scribe(e => e is TrainingFigures { Step: 6 });
        var attempt = bench.Train("fails", TrainBench.Options(), view: view,
            more: new() { Observers = [("first", fails), ("scribe", new Scribe())] });
        var alone = bench.Train("alone", TrainBench.Options());

        Assert.Equal(
            "The observer 'first' failed and is switched off; the run goes on, its figures are in metrics.jsonl. "
                + "InvalidOperationException: no ink",
            Assert.Single(view.Warned));
        Assert.Equal((alone.Weights, alone.Metrics), (attempt.Weights, attempt.Metrics));
        Assert.Contains("s 20 ", Notes("fails"));
    }

    [Fact]
    public void Two_of_one_name_have_folders_of_their_own() => Assert.Equal(
        ["a", "b-a", "a-2"],
        RunObservers.Build([new("a"), new("b/a"), new("a")], new Watchers()).Select(o => o.Name));

    private sealed class Watchers : BuildContext
    {
        public override ITokenizer Tokenizer => throw new NotSupportedException();

        public override Backbone Backbone => throw new NotSupportedException();

        public override T Build<T>(ComponentSpec spec) => (T)(object)new Scribe();

        public override T Build<T>(ComponentSpec spec, string savedPrefix) => Build<T>(spec);

        public override string ResolvePath(string path) => path;

        public override string? SavedFile(string name) => null;
    }
}

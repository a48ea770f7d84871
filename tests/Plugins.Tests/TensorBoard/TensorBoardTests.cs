using PluginHost.PluginKit;
using PluginHost.Plugins.TensorBoard;

namespace PluginHost.Plugins.Tests.TensorBoard;

public sealed class TensorBoardTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tensorboard-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Watch(object? options = null)
    {
        var observer = new Workbench(new TensorBoardPlugin()).Build<IRunObserver>("tensorboard", options);
        var run = new ObservedRun("r", folder, DateTimeOffset.FromUnixTimeSeconds(1_000_000));
        foreach (var stage in (string[])["pretrain", "finetune"])
        {
            observer.StageStarted(new StageStarted { Run = run, Stage = stage });
            observer.Trained(new TrainingFigures
            {
                Run = run, Stage = stage, Step = 10, Epoch = 0.5, Loss = 1.25, LearningRate = 1e-3, GradientNorm = 3, Seconds = 20,
                TokensPerSecond = 512,
            });
            observer.Evaluated(new EvaluationFigures
            {
                Run = run, Stage = stage, Step = 10, Split = "dev", Samples = 3, Metrics = new Dictionary<string,
                    double>
                { ["mcc"] = 0.5, ["auroc"] = double.NaN },
            });
            observer.StageEnded(
                new StageEnded { Run = run, Stage = stage, Steps = 10, Seconds = 30, Metrics = new Dictionary<string, double>() });
        }
    }

    private IReadOnlyList<EventFile.Scalar> Read(string stage) => EventFile.Read(Directory.GetFiles(Path.Combine(folder, stage)).Single());

    [Fact]
    public void A_stage_has_a_folder_with_an_event_file_of_its_figures()
    {
        Watch();
        EventFile.Scalar[] expected =
        [
            new("train/loss", 1.25f, 10, 1_000_020), new("train/learning_rate", 1e-3f, 10, 1_000_020),
                new("train/gradient_norm", 3, 10, 1_000_020),
            new("train/tokens_per_second", 512, 10, 1_000_020), new("dev/mcc", 0.5f, 10, 1_000_020),
        ];
        Assert.Equal(expected, Read("pretrain"));
        // The second stage's times follow on the first's.
        Assert.Equal(expected.Select(e => e with { Time = e.Time + 30 }), Read("finetune"));
    }

    [Fact]
    public void Speed_may_be_left_out()
    {
        Watch(new { speed = false });
        Assert.DoesNotContain(Read("pretrain"), s => s.Tag.Contains("tokens"));
    }

    [Fact]
    public void Its_options_keep_the_rules() => OptionsChecks.Run(new Workbench(new TensorBoardPlugin()).Offers.Single());
}

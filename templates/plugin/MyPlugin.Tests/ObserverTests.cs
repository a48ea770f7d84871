namespace MyPlugin.Tests;

public sealed class ObserverTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("my-plugin-").FullName;
    private readonly Workbench bench = new(new Entry());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_it_is_told_stands_in_its_table()
    {
        var observer = bench.Build<IRunObserver>("my-plugin");
        var run = new ObservedRun("run", folder, DateTimeOffset.UnixEpoch);
        observer.Trained(new() { Run = run, Stage = "finetune", Step = 5, Epoch = 1, Loss = 0.5, LearningRate = 1e-3, GradientNorm = 1 });
        observer.Evaluated(new()
        {
            Run = run, Stage = "finetune", Step = 5, Split = "dev", Samples = 1,
            Metrics = new Dictionary<string, double> { ["loss"] = 0.25 },
        });
        Assert.Equal(["stage,step,split,figure,value", "finetune,5,train,loss,0.5", "finetune,5,dev,loss,0.25"],
            File.ReadAllLines(Path.Combine(folder, "figures.csv")));
    }

    [Fact]
    public void Its_options_are_kept() => OptionsChecks.Run(bench.Offer<IRunObserver>("my-plugin"));
}

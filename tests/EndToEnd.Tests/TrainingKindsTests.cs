namespace PluginHost.EndToEnd.Tests;

/// <summary>Optimizers, schedules and observers through the whole host.</summary>
public sealed class TrainingKindsTests : IDisposable
{
    private const string Chosen = "optimizer: muon, schedule: { use: wsd, decayShare: 0.5, shape: linear }, precision: fp32";

    private readonly Workspace here = new();

    public void Dispose() => here.Dispose();

    private string Pipeline(string first, string train = Chosen) =>
        here.Pipeline(change: text => text.Replace("name: tiny", $"name: tiny\n{first}").Replace("precision: fp32", train));

    private Dictionary<string, long> EventFiles(string run) =>
        Directory.GetFiles(here.Path(run, "observers", "tensorboard"), "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetFileName(Path.GetDirectoryName(f)!), f => new FileInfo(f).Length);

    [Fact]
    public void Muon_wsd_and_tensorboard_killed_in_the_midst_and_resumed_leave_what_an_uninterrupted_run_leaves()
    {
        var pipeline = Pipeline("observers: [ { use: tensorboard, speed: false } ]");
        here.Run("check", "--pipeline", pipeline, "--device", "cpu").Expect(0, "The pipeline is sound.");
        here.Run("run", "--pipeline", pipeline, "--output", "whole", "--device", "cpu").Expect(0);
        using (var host = HostProcess.Start(here.Folder, "run", "--pipeline", pipeline, "--output", "cut", "--device", "cpu"))
        {
            while (!host.HasExited && !Directory.Exists(here.Path("cut", "checkpoints", "finetune", "step-000000002"))) Thread.Sleep(1);
            Assert.False(host.HasExited);
            host.Kill();
        }
        here.Run("run", "--resume", "cut", "--device", "cpu").Expect(0);

        Assert.Equal(here.Fingerprint("whole"), here.Fingerprint("cut"));
        Assert.Equal(["evaluate", "finetune", "finetune-from-random-weights", "pretrain"], EventFiles("whole").Keys.Order());
        // Times apart, which differ from run to run, they hold as many bytes: no figure is missing and none is there twice.
        Assert.Equal(EventFiles("whole"), EventFiles("cut"));
        Assert.Contains("\"learning_rate\":0.002,", File.ReadAllText(here.Path("whole", "metrics.jsonl")));
    }

    [Fact]
    public void What_is_misspelt_or_out_of_range_comes_out_before_anything_runs()
    {
        here.Run("check", "--pipeline", Pipeline("observers: tensorbord", "optimizer: { use: muon, momentum: 2 }, schedule: cosin"))
            .Expect(2,
            "observers: there is no observer 'tensorbord'; there are: tensorboard (did you mean 'tensorboard'?).",
            "train.optimizer.momentum: must be 0 to 0.9999, but is 2.",
            "train.schedule: there is no schedule 'cosin'; there are: constant, cosine, linear, wsd (did you mean 'cosine'?).");
        here.Run("check", "--pipeline", here.Pipeline(), "--device", "cpu", "--set", "stages.finetune.train.tune=head", "--set",
            "stages.finetune.train.optimizer=muon")
            .Expect(2, "muon has nothing to do");
    }

    [Fact]
    public void An_optimizer_that_throws_ends_the_run_and_is_named_and_an_observer_that_throws_does_not()
    {
        var plugin = Directory.CreateDirectory(here.Path("plugins", "ThrowsInTraining")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "artifacts", "fixtures", "ThrowsInTraining")))
            File.Copy(file, Path.Combine(plugin, Path.GetFileName(file)));
        string[] run = ["run", "--device", "cpu", "--plugins", here.Path("plugins"), "--pipeline"];

        here.Run([.. run, Pipeline("", "optimizer: stumbles, precision: fp32"), "--output", "stumbled"])
            .Expect(4, "Plugin ThrowsInTraining", "failed in Stumbles.Step: InvalidOperationException: it stumbled");
        Assert.Equal("failed", here.Status("stumbled"));

        here.Run([.. run, Pipeline("observers: [ blinks, tensorboard ]"), "--output", "blinked"])
            .Expect(0, "The observer 'blinks' failed and is switched off");
        Assert.Equal("done", here.Status("blinked"));
        Assert.Equal(4, EventFiles("blinked").Count);
    }
}

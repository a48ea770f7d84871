namespace PluginHost.EndToEnd.Tests;

public class InterruptionTests(ReferenceRun reference) : IClassFixture<ReferenceRun>
{
    private Workspace Here => reference.Workspace;

    private string RunFile(string run, params ReadOnlySpan<string> parts) => Path.Combine([Here.Path(run), .. parts]);

    /// <summary>Starts or resumes a run, waits for a moment and kills it there. Returns whether it was caught before its end.</summary>
    private bool KillAt(string run, Func<bool> moment) => KillAt(run, _ => moment());

    private bool KillAt(string run, Func<HostProcess, bool> moment)
    {
        string[] where = Directory.Exists(Here.Path(run)) ? ["--resume", run] : ["--pipeline", reference.Pipeline, "--output", run];
        using var host = HostProcess.Start(Here.Folder, ["run", "--device", "cpu", .. where]);
        while (!host.HasExited && !moment(host)) Thread.Sleep(0);
        var caught = !host.HasExited;
        host.Kill();
        return caught;
    }

    private void FinishAndCompare(string run)
    {
        Here.Run("run", "--resume", run, "--device", "cpu").Expect(0);
        Assert.Equal(reference.Fingerprint, Here.Fingerprint(run));
    }

    /// <summary>Whether a stage has come to a step, or is writing its checkpoint.</summary>
    private bool Reached(string run, string stage, int step, string prefix = "step-")
    {
        var folder = RunFile(run, "checkpoints", stage);
        return Directory.Exists(folder)
            && Directory.EnumerateDirectories(folder, prefix + "*").Any(d => int.Parse(Path.GetFileName(d)[prefix.Length..]) >= step);
    }

    private const string Partial = ".partial-step-";

    private static bool Any(string folder, string pattern) => Directory.Exists(folder)
        && Directory.EnumerateFileSystemEntries(folder, pattern).Any();

    [Fact]
    public void Killed_inside_checkpoint_writing_in_both_stages_and_resumed_it_equals_the_uninterrupted_run()
    {
        Assert.True(KillAt("inside", () => Reached("inside", "pretrain", 3, Partial)));
        Assert.True(KillAt("inside", () => Reached("inside", "pretrain", 5, Partial)));
        Assert.True(KillAt("inside", () => Reached("inside", "finetune", 2, Partial)));
        FinishAndCompare("inside");
    }

    [Fact]
    public void Killed_between_steps_in_evaluation_and_between_stages_it_equals_the_uninterrupted_run()
    {
        Assert.True(KillAt("between", () => Reached("between", "pretrain", 2)));
        Assert.True(KillAt("between", () => Any(RunFile("between", "stages"), "pretrain.json")));
        Assert.True(KillAt("between", () => Reached("between", "finetune-from-random-weights", 1)));
        Assert.True(KillAt("between", () => Any(RunFile("between", "stages"), "finetune-from-random-weights.json")));
        FinishAndCompare("between");
    }

    [Fact]
    public void Killed_at_random_moments_it_equals_the_uninterrupted_run()
    {
        var random = new SeededRandom(2024);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            // Counted from the moment the run says where it writes, however busy the machine is.
            var delay = random.Next(0, 1200);
            long? until = null;
            KillAt("random", host =>
            {
                if (until is null && host.Error.Contains("Run folder:")) until = Environment.TickCount64 + delay;
                return Environment.TickCount64 > until;
            });
        }
        FinishAndCompare("random");
    }

    [Fact]
    public void A_broken_checkpoint_is_passed_over_aloud_and_the_result_is_the_same()
    {
        Assert.True(KillAt("damaged", () => Reached("damaged", "pretrain", 4)));
        var newest = Directory.GetDirectories(RunFile("damaged", "checkpoints", "pretrain"), "step-*").Order().Last();
        using (var weights = File.OpenWrite(Path.Combine(newest, "model.safetensors"))) weights.SetLength(weights.Length / 2);
        Here.Run("run", "--resume", "damaged", "--device", "cpu").Expect(0, "is broken", "one before it");

        Assert.Equal(reference.Fingerprint, Here.Fingerprint("damaged"));
    }

    [Fact]
    public void Ctrl_C_saves_ends_with_130_and_the_resumed_run_equals_the_uninterrupted_one()
    {
        using (var host = HostProcess.Start(Here.Folder, "run", "--pipeline", reference.Pipeline, "--output", "stopped", "--device", "cpu"))
        {
            while (!host.HasExited && !Any(RunFile("stopped", "checkpoints", "pretrain"), "step-*")) Thread.Sleep(1);
            host.PressCtrlC();
            host.Wait().Expect(130, "--resume");
        }
        Assert.Equal("interrupted", Here.Status("stopped"));
        FinishAndCompare("stopped");
    }

    [Fact]
    public void Two_processes_cannot_work_in_one_run_folder()
    {
        using var host = HostProcess.Start(Here.Folder, "run", "--pipeline", reference.Pipeline, "--output", "shared", "--device", "cpu",
            "--set", "stages.pretrain.train.steps=1000000");
        while (!host.HasExited && !Any(RunFile("shared", "checkpoints", "pretrain"), "step-*")) Thread.Sleep(1);

        Here.Run("run", "--resume", "shared", "--device", "cpu").Expect(2, "in use");
    }

    [Fact]
    public void Changed_data_is_noticed_on_resume()
    {
        using var other = new Workspace();
        var pipeline = other.Pipeline();
        using (var host = HostProcess.Start(other.Folder, "run", "--pipeline", pipeline, "--output", "run", "--device", "cpu"))
        {
            while (!host.HasExited && !Any(other.Path("run", "checkpoints", "pretrain"), "step-*")) Thread.Sleep(1);
            host.Kill();
        }
        File.WriteAllLines(other.Path("train.csv"), File.ReadLines(other.Path("train.csv")).SkipLast(3).ToList());

        other.Run("run", "--resume", "run", "--device", "cpu").Expect(3, "train.csv", "changed since");
    }
}

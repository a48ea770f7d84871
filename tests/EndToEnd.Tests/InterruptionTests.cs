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

    /// <summary>Whether tests go through everything rather than a sample: <c>PLUGINHOST_THOROUGH=1</c>, as eng/thorough.sh sets.</summary>
    private static bool IsThorough => Environment.GetEnvironmentVariable("PLUGINHOST_THOROUGH") == "1";

    private void FinishAndBeginAgain(string run)
    {
        FinishAndCompare(run);
        Directory.Delete(Here.Path(run), recursive: true);
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
        for (var attempt = 0; attempt < (IsThorough ? 50 : 3); attempt++)
        {
            if (File.Exists(RunFile("random", "summary.json"))) FinishAndBeginAgain("random");
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

    /// <summary>What is written in a run: each file, or the hidden one that is to become it.</summary>
    public static TheoryData<string> Events => [.. ((string[])[
        "summary.json", "model/.", "predictions/.evaluate.tsv",
        .. IsThorough ? (string[])["", ".lock", "pipeline.resolved.yaml", "run.json", "metrics.jsonl", "timings.jsonl",
            "checkpoints/pretrain/.", "checkpoints/finetune/.", "checkpoints/finetune-from-random-weights/.", "stages/.pretrain.json",
            "stages/pretrain.json", "stages/.finetune.json", "stages/finetune.json", "stages/evaluate.json", "model/config.json",
            "predictions/evaluate.tsv", "report.html"] : []])];

    [Theory]
    [MemberData(nameof(Events))]
    public void Killed_when_a_file_appears_it_equals_the_uninterrupted_run(string file)
    {
        var run = "event" + file.Replace('/', '-');
        // A dot before a name stands for what is hidden until it is whole.
        var (folder, name) = (RunFile(run, Path.GetDirectoryName(file) ?? ""), Path.GetFileName(file));
        KillAt(run, () => name.Length == 0 ? Directory.Exists(folder)
            : name == "." ? Any(Path.GetDirectoryName(folder)!, ".partial-*") || Any(folder, ".partial*")
            : name[0] == '.' && name != ".lock" ? Any(folder, name[1..] + ".partial") || Any(folder, name[1..])
            : Any(folder, name));
        // Before the pipeline is there nothing is, and nothing is lost.
        if (!File.Exists(RunFile(run, "pipeline.resolved.yaml"))) return;
        FinishAndCompare(run);
    }

    [Theory]
    [InlineData(HostProcess.HangUp, 129)]
    [InlineData(HostProcess.Terminate, 143)]
    public void A_closed_terminal_or_a_termination_saves_like_Ctrl_C(int signal, int code)
    {
        var run = $"signal-{signal}";
        using (var host = HostProcess.Start(Here.Folder, "run", "--pipeline", reference.Pipeline, "--output", run, "--device", "cpu"))
        {
            host.Until(() => Any(RunFile(run, "checkpoints", "pretrain"), "step-*"));
            host.Send(signal);
            host.Wait().Expect(code, "--resume");
        }
        Assert.Equal("interrupted", Here.Status(run));
        FinishAndCompare(run);
    }

    [Fact]
    public void Under_nohup_a_closed_terminal_changes_nothing()
    {
        using var host = HostProcess.StartIgnoringHangUp(Here.Folder, "run", "--pipeline", reference.Pipeline, "--output", "nohup",
            "--device", "cpu");
        host.Until(() => Any(RunFile("nohup", "checkpoints", "pretrain"), "step-*"));
        host.Send(HostProcess.HangUp);
        host.Wait().Expect(0);
        Assert.Equal(reference.Fingerprint, Here.Fingerprint("nohup"));
    }

    [Theory]
    [InlineData(false, "data", "check")]
    [InlineData(true, "predict", "reference")]
    [InlineData(true, "evaluate", "reference")]
    public void A_command_whose_input_never_comes_ends_on_the_first_signal(bool model, params string[] command)
    {
        var pipe = Here.Path($"pipe-{command[0]}");
        Assert.Equal(0, MakePipe(pipe, Convert.ToInt32("600", 8)));
        using var host = HostProcess.Start(Here.Folder, [.. command, pipe, .. model ? (string[])["--device", "cpu"] : []]);
        // Long enough to have come to the pipe on any machine that is not overwhelmed; sooner, it ends just as well.
        Thread.Sleep(3000);
        host.Send(HostProcess.Terminate);
        var sent = Environment.TickCount64;
        var ended = host.Wait();
        // One that refuses pipes has ended by itself.
        if (ended.Code != 3) Assert.Equal(143, ended.Code);
        Assert.InRange(Environment.TickCount64 - sent, 0, 30_000);
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "mkfifo")]
    private static extern int MakePipe(
        [System.Runtime.InteropServices.MarshalAs(System.Runtime.InteropServices.UnmanagedType.LPUTF8Str)] string path, int mode);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_whose_folder_goes_stops_at_once_and_makes_no_other(bool move)
    {
        var run = move ? "moved" : "deleted";
        using var host = HostProcess.Start(Here.Folder, "run", "--pipeline", reference.Pipeline, "--output", run, "--device", "cpu",
            "--set", "stages.pretrain.train.steps=1000000", "--set", "stages.pretrain.train.checkpointEvery=0", "--set",
            "stages.pretrain.train.evaluateEvery=1000");
        host.Until(() => File.Exists(RunFile(run, "metrics.jsonl")) && new FileInfo(RunFile(run, "metrics.jsonl")).Length > 0);
        if (move) Directory.Move(Here.Path(run), Here.Path("elsewhere"));
        else Directory.Delete(Here.Path(run), recursive: true);
        var gone = Environment.TickCount64;

        host.Wait().Expect(5, Here.Path(run), "is gone");
        Assert.InRange(Environment.TickCount64 - gone, 0, 60_000);
        Assert.False(Directory.Exists(Here.Path(run)));
    }

    [Fact]
    public void A_damaged_best_checkpoint_or_model_is_never_used_in_silence()
    {
        Assert.True(KillAt("best", () => Any(RunFile("best", "stages"), "finetune.json")));
        var chosen = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(RunFile("best", "stages", "finetune.json")))!["checkpoint"]!;
        Flip(RunFile("best", "checkpoints", "finetune", (string)chosen!, "model.safetensors"));
        Flip(RunFile("best", "model", "model.safetensors"));

        Here.Run("predict", "best", "test.csv", "--device", "cpu").Expect(3, "not whole", "model.safetensors");
        var resumed = Here.Run("run", "--resume", "best", "--device", "cpu");
        if (resumed.Code == 0) Assert.Equal(reference.Fingerprint, Here.Fingerprint("best"));
        else resumed.Expect(3, (string)chosen!, "broken");
        Assert.Contains("broken", resumed.Error);
    }

    [Fact]
    public void A_model_and_predictions_that_were_deleted_and_a_broken_pipeline_come_back_on_resume()
    {
        Here.Run("run", "--pipeline", reference.Pipeline, "--output", "bare", "--device", "cpu").Expect(0);
        Directory.Delete(RunFile("bare", "model"), recursive: true);
        File.Delete(RunFile("bare", "predictions", "evaluate.tsv"));
        File.WriteAllText(RunFile("bare", "summary.json"), "");

        File.WriteAllText(RunFile("bare", "pipeline.resolved.yaml"), "name: [");

        Here.Run("run", "--resume", "bare", "--device", "cpu").Expect(3, "pipeline.resolved.yaml", "--pipeline FILE");
        Here.Run("run", "--resume", "bare", "--pipeline", reference.Pipeline, "--device", "cpu").Expect(0, "model", "evaluate.tsv");
        Assert.Equal(reference.Fingerprint, Here.Fingerprint("bare"));
    }

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[^5] ^= 1;
        File.WriteAllBytes(file, bytes);
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

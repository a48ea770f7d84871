using PluginHost.Host.Records;

namespace PluginHost.Host.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("run").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private const string Pipeline = "name: x\n";

    [Fact]
    public void A_folder_with_content_is_refused()
    {
        File.WriteAllText(Path.Combine(root, "mine.txt"), "keep");

        var failure = Assert.Throws<UsageException>(() => RunFolder.Create(root, Pipeline));
        Assert.Contains("--resume", failure.Message);
        Assert.Equal(["mine.txt"], Directory.GetFileSystemEntries(root).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_in_the_way_is_refused()
    {
        var file = Path.Combine(root, "f");
        File.WriteAllText(file, "");

        Assert.Throws<UsageException>(() => RunFolder.Create(file, Pipeline));
    }

    [Fact]
    public void Two_holders_are_refused_and_the_second_may_come_later()
    {
        var path = Path.Combine(root, "r");
        using (RunFolder.Create(path, Pipeline))
            Assert.Contains("in use", Assert.Throws<UsageException>(() => RunFolder.Resume(path, Pipeline)).Message);

        RunFolder.Resume(path, Pipeline).Dispose();
    }

    [Fact]
    public void Another_pipeline_is_refused_on_resume()
    {
        var path = Path.Combine(root, "r");
        RunFolder.Create(path, Pipeline).Dispose();

        Assert.Contains("differs", Assert.Throws<UsageException>(() => RunFolder.Resume(path, "name: y\n")).Message);
    }

    [Fact]
    public void A_folder_without_a_run_cannot_be_resumed() =>
        Assert.Contains("no run to resume", Assert.Throws<UsageException>(() => RunFolder.Resume(root, Pipeline)).Message);

    /// <summary>A folder from elsewhere whose log, checkpoints or lock are links would have others' files written.</summary>
    [Theory]
    [InlineData("metrics.jsonl")]
    [InlineData("checkpoints")]
    [InlineData(".lock")]
    [InlineData("checkpoints/pretrain/state.json")]
    public void A_link_out_of_the_folder_is_refused_on_resume(string name)
    {
        var path = Path.Combine(root, "r");
        RunFolder.Create(path, Pipeline).Dispose();
        var victim = Path.Combine(root, "victim");
        File.WriteAllText(victim, "keep");
        var link = Path.Combine(path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.Delete(link);
        File.CreateSymbolicLink(link, "../victim".PadLeft("../victim".Length + 3 * name.Count(c => c == '/')).Replace("   ", "../"));

        var message = Assert.Throws<UsageException>(() => RunFolder.Resume(path, Pipeline)).Message;
        Assert.Contains(link, message);
        Assert.Contains("leads out of the run folder", message);
        Assert.Equal("keep", File.ReadAllText(victim));
    }

    [Fact]
    public void A_link_that_stays_in_the_folder_is_none_of_its_business()
    {
        var path = Path.Combine(root, "r");
        RunFolder.Create(path, Pipeline).Dispose();
        File.CreateSymbolicLink(Path.Combine(path, "latest"), "checkpoints");
        Directory.CreateSymbolicLink(Path.Combine(root, "other-name"), path);
        RunFolder.Resume(Path.Combine(root, "other-name"), Pipeline).Dispose();
    }

    [Fact]
    public void Recording_keeps_other_fields()
    {
        using var folder = RunFolder.Create(Path.Combine(root, "r"), Pipeline);
        folder.Record(new Dictionary<string, object?> { ["status"] = "running", ["seed"] = 7UL });
        folder.Record(new Dictionary<string, object?> { ["status"] = "done" });

        Assert.Equal("done", (string?)folder.Recorded("status"));
        Assert.Equal(7, (int?)folder.Recorded("seed"));
    }

    [Fact]
    public void A_log_can_be_cut_back_and_goes_on_from_there()
    {
        List<string> warned = [];
        using var folder = RunFolder.Create(Path.Combine(root, "r"), Pipeline);
        folder.Metrics.Add(new { step = 1 });
        var offset = folder.Metrics.Length;
        folder.Metrics.Add(new { step = 2 });
        folder.Metrics.CutTo(offset, null, warned.Add);
        folder.Metrics.Add(new { step = 3, loss = double.NaN });

        Assert.Equal("{\"step\":1}\n{\"step\":3,\"loss\":\"NaN\"}\n", File.ReadAllText(folder.Of("metrics.jsonl")));
        Assert.Empty(warned);
    }

    [Fact]
    public void The_default_path_carries_name_and_time() =>
        Assert.EndsWith("runs/x-20260304-050607", RunFolder.DefaultPath("x", new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero)));

    [Fact]
    public void An_unwritable_place_is_a_resource_failure() =>
        Assert.Throws<ResourceException>(() => RunFolder.Create("/proc/run", Pipeline));

    private RunFolder Begun(out LogPlace place)
    {
        var folder = RunFolder.Create(Path.Combine(root, "r"), Pipeline);
        for (var step = 1; step <= 3; step++) folder.Metrics.Add(new { stage = "s", step, loss = 1.5 });
        place = folder.SyncLogs();
        return folder;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_log_that_lost_something_is_told_of_once_and_goes_on_at_its_place(bool cut)
    {
        Begun(out var place).Dispose();
        var file = Path.Combine(root, "r", "metrics.jsonl");
        var bytes = File.ReadAllBytes(file);
        bytes[3] ^= 0x80;
        File.WriteAllBytes(file, cut ? bytes[..^20] : bytes);
        List<string> warned = [];

        using var folder = RunFolder.Resume(Path.Combine(root, "r"), Pipeline);
        folder.CheckLogs(place, warned.Add);
        folder.CutLogs(place, warned.Add);
        folder.Metrics.Add(new { step = 4 });
        folder.Dispose();

        Assert.Contains("metrics.jsonl", Assert.Single(warned));
        var lines = File.ReadAllLines(file);
        Assert.Equal("", lines[0].Trim());
        Assert.Contains("\"step\":2", lines[1]);
        Assert.Equal(cut ? "" : "{\"stage\":\"s\",\"step\":3,\"loss\":1.5}", lines[2].Trim());
        Assert.Equal("{\"step\":4}", lines[^1]);
        Assert.Equal(place.Metrics + lines[^1].Length + 1, new FileInfo(file).Length);
    }

    [Fact]
    public void A_whole_log_is_not_told_of()
    {
        Begun(out var place).Dispose();
        List<string> warned = [];
        using var folder = RunFolder.Resume(Path.Combine(root, "r"), Pipeline);
        folder.Metrics.Add(new { step = 4 });
        folder.CutLogs(place, warned.Add);

        Assert.Empty(warned);
        Assert.Equal(place, folder.SyncLogs());
    }

    [Fact]
    public void A_damaged_pipeline_is_refused_and_written_again_from_the_one_that_is_named()
    {
        using (var folder = RunFolder.Create(Path.Combine(root, "r"), Pipeline)) folder.RecordPipeline(Pipeline);
        var file = Path.Combine(root, "r", "pipeline.resolved.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("name: x", "name: y"));

        Assert.Contains(file, Assert.Throws<DataException>(() => RunFolder.Resume(Path.Combine(root, "r"), "name: y\n")).Message);
        Assert.False(KeptPipeline.Mend(Path.Combine(root, "r"), "name: y\n"));
        Assert.True(KeptPipeline.Mend(Path.Combine(root, "r"), Pipeline));
        RunFolder.Resume(Path.Combine(root, "r"), Pipeline).Dispose();
    }

    [Fact]
    public void A_run_json_that_is_damaged_while_the_run_goes_on_is_written_again()
    {
        using var folder = RunFolder.Create(Path.Combine(root, "r"), Pipeline);
        folder.Record(new Dictionary<string, object?> { ["seed"] = 7UL });
        File.WriteAllText(folder.Of("run.json"), "{");
        folder.Record(new Dictionary<string, object?> { ["status"] = "done" });

        Assert.Equal(7, (int)SealedText.ReadJson(folder.Of("run.json")).Content!["seed"]!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_that_is_deleted_or_moved_is_noticed_and_not_made_again(bool move)
    {
        var path = Path.Combine(root, "r");
        using var folder = RunFolder.Create(path, Pipeline);
        var token = folder.Watch(TestContext.Current.CancellationToken);
        folder.RequireThere();
        if (move) Directory.Move(path, Path.Combine(root, "elsewhere"));
        else Directory.Delete(path, recursive: true);

        Assert.True(token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)));
        Assert.Contains(path, Assert.Throws<ResourceException>(folder.RequireThere).Message);
        Assert.Throws<ResourceException>(() => folder.Record(new Dictionary<string, object?>()));
        Assert.Throws<ResourceException>(() => folder.SyncLogs());
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void A_folder_that_another_takes_the_place_of_is_noticed()
    {
        var path = Path.Combine(root, "r");
        using var folder = RunFolder.Create(path, Pipeline);
        Directory.Move(path, Path.Combine(root, "elsewhere"));
        using var other = RunFolder.Create(path, Pipeline);

        Assert.False(folder.IsThere);
        Assert.True(other.IsThere);
    }
}

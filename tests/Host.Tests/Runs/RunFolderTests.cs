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
}

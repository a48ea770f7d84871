using System.Diagnostics;

namespace PluginHost.EndToEnd.Tests;

/// <summary>A disk that fills up while a run writes to it: a small tmpfs, so these need root.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly Workspace here = new();
    private readonly bool mounted;

    public FullDiskTests()
    {
        Directory.CreateDirectory(here.Path("disk"));
        mounted = OperatingSystem.IsLinux() && Command("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", here.Path("disk"));
    }

    public void Dispose()
    {
        if (mounted) Command("umount", "-l", here.Path("disk"));
        here.Dispose();
    }

    [Fact]
    public void A_disk_that_fills_up_fails_with_a_remedy_and_the_run_goes_on_once_there_is_space()
    {
        if (!mounted) Assert.Skip("mounting a tmpfs needs root");
        var run = here.Path("disk", "run");
        using (var host = HostProcess.Start(here.Folder, "run", "--pipeline", here.Pipeline(), "--output", run, "--device", "cpu", "--set",
            "stages.pretrain.train.steps=100000"))
        {
            while (!host.HasExited && !(Directory.Exists(Path.Combine(run, "checkpoints", "pretrain"))
                && Directory.GetDirectories(Path.Combine(run, "checkpoints", "pretrain"), "step-*").Length > 0)) Thread.Sleep(1);
            Fill();
            host.Wait().Expect(5, "no space is left", "--resume");
        }
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(run, "checkpoints", "pretrain"), ".partial*"));

        File.Delete(here.Path("disk", "filler"));
        using var again = HostProcess.Start(here.Folder, "run", "--resume", run, "--device", "cpu");
        while (!again.HasExited && !again.Error.Contains("pretrain: step")) Thread.Sleep(5);
        again.PressCtrlC();
        again.Wait().Expect(130);
        Assert.DoesNotContain("is broken", again.Error);
    }

    [Fact]
    public void A_disk_too_small_for_the_checkpoints_is_refused_at_the_start()
    {
        if (!mounted) Assert.Skip("mounting a tmpfs needs root");
        here.Run("run", "--pipeline", here.Pipeline(change: y => y.Replace("width: 16", "width: 128")), "--output",
            here.Path("disk", "run"), "--device", "cpu")
            .Expect(5, "for checkpoints", "--output");
    }

    [Fact]
    public void A_disk_that_is_taken_away_stops_the_run_at_once()
    {
        if (!mounted) Assert.Skip("mounting a tmpfs needs root");
        var run = here.Path("disk", "run");
        using var host = HostProcess.Start(here.Folder, "run", "--pipeline", here.Pipeline(), "--output", run, "--device", "cpu", "--set",
            "stages.pretrain.train.steps=1000000", "--set", "stages.pretrain.train.checkpointEvery=0", "--set",
            "stages.pretrain.train.evaluateEvery=1000");
        var log = Path.Combine(run, "metrics.jsonl");
        host.Until(() => File.Exists(log) && new FileInfo(log).Length > 0);
        Assert.True(Command("umount", "-l", here.Path("disk")));

        host.Wait().Expect(5, run, "is gone");
        Assert.Empty(Directory.GetFileSystemEntries(here.Path("disk")));
    }

    private void Fill()
    {
        using var filler = File.Create(here.Path("disk", "filler"));
        try
        {
            while (true) filler.Write(new byte[4096]);
        }
        catch (IOException) { /* full: what is wanted */ }
    }

    private static bool Command(string program, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using PluginHost.Host.Tests.Plugins;

namespace PluginHost.Host.Tests.Commands;

/// <summary>The first signal asks a command to stop, the second ends the process.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly FixtureFolder folder = new();

    public InterruptionTests() => folder.Add("Greeter");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_command_that_stops_when_asked_ends_with_the_signals_code(string signal, int code)
    {
        using var process = Start();
        Signal(process, signal);
        Assert.True(process.WaitForExit(20_000));
        Assert.Equal(code, process.ExitCode);
        Assert.Contains("Stopping as soon as the work is safe", process.StandardError.ReadToEnd());
    }

    [Fact]
    public void A_command_that_does_not_stop_is_ended_by_the_second_signal()
    {
        using var process = Start("--stubborn");
        Signal(process, "INT");
        Assert.False(process.WaitForExit(1_000));
        Signal(process, "INT");
        Assert.True(process.WaitForExit(20_000));
        Assert.Equal(130, process.ExitCode);
        Assert.EndsWith("Stopped at once.\n", process.StandardError.ReadToEnd());
    }

    private Process Start(params string[] options)
    {
        // A test run in the background of a shell inherits an ignored SIGINT, which .NET rightly leaves ignored.
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--default-signal=INT", "dotnet", HostProcess.Dll, "people", "wait", "--plugins", folder.Path,
            .. options]) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        Assert.Equal("waiting", process.StandardOutput.ReadLine());
        return process;
    }

    private static void Signal(Process process, string signal) => Assert.Equal(0, Kill(process.Id, signal == "INT" ? 2 : 15));

    // A small system has no program of this name.
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}

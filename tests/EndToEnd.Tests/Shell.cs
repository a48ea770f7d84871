using System.Diagnostics;

namespace PluginHost.EndToEnd.Tests;

/// <summary>A host in a shell's pipe: <c>$HOST</c> starts one.</summary>
internal static class Shell
{
    public static HostProcess.Result Run(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["HOST"] = $"dotnet {Repository.HostDll}";
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["NO_COLOR"] = "1";
        using var shell = Process.Start(start)!;
        var error = shell.StandardError.ReadToEndAsync();
        var output = shell.StandardOutput.ReadToEnd();
        Assert.True(shell.WaitForExit(TimeSpan.FromMinutes(4)), $"It did not end in time: {script}");
        return new(shell.ExitCode, output, error.GetAwaiter().GetResult());
    }
}

using System.Diagnostics;

namespace PluginHost.Host.Tests.Commands;

/// <summary>The host as its users start it: a process of its own.</summary>
internal static class HostProcess
{
    public static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "host.dll");

    public static (int Code, string Output, string Error) Run(params string[] arguments) => Run(null, arguments);

    public static (int Code, string Output, string Error) Run(string? workingDirectory, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? Repository.Root
        };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(Repository.Root, "artifacts", "cache");
        start.ArgumentList.Add(Dll);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (process.WaitForExit(120_000)) return (process.ExitCode, output.Result, error.Result);
        process.Kill(entireProcessTree: true);
        throw new TimeoutException(
            $"host {string.Join(' ', arguments)} did not end within two minutes. It said: {output.Result}{error.Result}");
    }
}

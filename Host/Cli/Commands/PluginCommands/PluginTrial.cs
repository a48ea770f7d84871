using System.Diagnostics;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Tries a plugin in a process of its own before it is installed, so that one which ends the process ends another.</summary>
internal static class PluginTrial
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(60);

    /// <summary>Loads what lies in a folder.</summary>
    /// <returns>Why it cannot be used, as the rest of a sentence about it; null if it can.</returns>
    public static async Task<string?> RunAsync(string folder, CancellationToken cancellation)
    {
        using var process = Process.Start(Child(folder))!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        clock.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(clock.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return $"it did not finish loading within {limit.TotalSeconds:F0} seconds";
        }
        if (process.ExitCode == ExitCodes.Done && (await output).EndsWith(ProbePlugin.Whole + "\n", StringComparison.Ordinal)) return null;
        var first = (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(l => l.StartsWith("host: ", StringComparison.Ordinal));
        return first is not null ? first["host: ".Length..]
            : process.ExitCode > 128 ? $"loading it killed the process (signal {process.ExitCode - 128})"
            : $"loading it ended the process with exit code {process.ExitCode}";
    }

    private static ProcessStartInfo Child(string folder)
    {
        var self = Environment.ProcessPath!;
        var start = new ProcessStartInfo(self)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        // Started as `dotnet host.dll`, the process is dotnet itself.
        if (Path.GetFileNameWithoutExtension(self) == "dotnet") start.ArgumentList.Add(typeof(PluginTrial).Assembly.Location);
        foreach (var argument in (string[])[.. ProbePlugin.Words, folder]) start.ArgumentList.Add(argument);
        return start;
    }
}

using System.Diagnostics;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins.Loading;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary><c>host plugins verify</c>: tries each plugin in a child process, so that even one that ends it can be reported on.</summary>
internal sealed class VerifyPlugins(IRunView view) : HostCommand<VerifyOptions>(
    "plugins verify", "Loads each plugin in a process of its own and says whether it can be used. Exit code 4 if one cannot.", order: 52)
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(30);

    protected override async Task<int> RunAsync(VerifyOptions options, CancellationToken cancellation)
    {
        var plugins = PluginFolders.Find(options.Folders.Count > 0 ? options.Folders : PluginFolders.Default(AppContext.BaseDirectory));
        if (plugins.Count == 0) throw new UsageException("There are no plugins here; name a folder: host plugins verify DIR.");
        var table = new ResultTable("", ["plugin", "verdict", "what it offers, or why not"]) { Alignment = ColumnAlignment.Words };
        var failed = 0;
        foreach (var plugin in plugins)
        {
            view.Progress("plugins verified", table.Rows.Count, plugins.Count);
            var (good, words) = plugin.Problem is { } problem ? (false, problem) : await Probe(plugin, cancellation);
            if (!good) failed++;
            table.Add(plugin.Name, good ? "good" : "refused", words);
        }
        view.Progress("plugins verified", plugins.Count, plugins.Count);
        view.Table(table);
        return failed == 0 ? ExitCodes.Done : ExitCodes.Plugin;
    }

    private static async Task<(bool Good, string Words)> Probe(PluginFolder plugin, CancellationToken cancellation)
    {
        using var process = Process.Start(Child(Path.GetDirectoryName(plugin.File)!))!;
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
            return (false, $"it did not finish loading within {limit.TotalSeconds:F0} seconds");
        }
        if (process.ExitCode == ExitCodes.Done && (await output).EndsWith(ProbePlugin.Whole + "\n", StringComparison.Ordinal))
            return (true, string.Join(", ", (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipLast(1)));
        var first = (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(l => l.StartsWith("host: ", StringComparison.Ordinal));
        return (false, first is not null ? first["host: ".Length..]
            : process.ExitCode > 128 ? $"it killed the process (signal {process.ExitCode - 128})"
            : $"it ended the process with exit code {process.ExitCode}");
    }

    private static ProcessStartInfo Child(string folder)
    {
        var self = Environment.ProcessPath!;
        var start = new ProcessStartInfo(self)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        // Started as `dotnet host.dll`, the process is dotnet itself.
        if (Path.GetFileNameWithoutExtension(self) == "dotnet") start.ArgumentList.Add(typeof(VerifyPlugins).Assembly.Location);
        foreach (var argument in (string[])[.. ProbePlugin.Words, folder]) start.ArgumentList.Add(argument);
        return start;
    }
}

using System.Diagnostics;

namespace PluginHost.EndToEnd.Tests;

/// <summary>
/// The folder <c>shared/cases</c> beside the checkout: small inputs that once went wrong, each with a <c>run.sh</c>. All are run when
/// the first is asked for, as many at a time as there are cores.
/// </summary>
public sealed class SharedCases : IDisposable
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(8);

    private readonly string output = Directory.CreateTempSubdirectory("pluginhost-cases-").FullName;
    private readonly SemaphoreSlim free = new(Math.Max(2, Environment.ProcessorCount));
    private readonly Dictionary<string, Task<string>> runs = [];

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "cases"));

    public SharedCases()
    {
        if (!Directory.Exists(Folder)) return;
        foreach (var folder in Directory.GetDirectories(Folder).Where(f => File.Exists(Path.Combine(f, "run.sh"))))
            runs[Path.GetFileName(folder)] = Task.Run(() => RunAsync(folder));
    }

    /// <summary>All that a case printed; null where its folder is not there.</summary>
    public async Task<string?> Said(string name) => runs.TryGetValue(name, out var run) ? await run : null;

    public void Dispose()
    {
        Task.WaitAll([.. runs.Values]);
        Directory.Delete(output, recursive: true);
        free.Dispose();
    }

    private async Task<string> RunAsync(string folder)
    {
        await free.WaitAsync();
        try
        {
            // Not the case's name: what is looked for must not be found in a path.
            var own = Directory.CreateDirectory(Path.Combine(output, Path.GetFileName(folder).Split('-')[0])).FullName;
            var start = new ProcessStartInfo("bash", ["-c", "bash \"$0\" 2>&1", Path.Combine(folder, "run.sh")])
            {
                RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = own,
            };
            start.Environment["HOST"] = $"dotnet {Repository.HostDll}";
            start.Environment["OUT"] = own;
            start.Environment["NO_COLOR"] = "1";
            start.Environment["OMP_NUM_THREADS"] = "1";
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            using var late = new CancellationTokenSource(limit);
            try { return await process.StandardOutput.ReadToEndAsync(late.Token); }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return $"did not end within {limit}";
            }
        }
        finally { free.Release(); }
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginHost.Benchmarks;

/// <summary>The Python process that does the same work, one request at a time, so that both sides are measured in the same minutes.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;

    /// <param name="threads">Threads it computes with.</param>
    public Peer(int threads)
    {
        var script = Path.Combine(Root, "tests", "Benchmarks", "peer.py");
        var start = new ProcessStartInfo(Python, ["-u", script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString();
        process = Process.Start(start) ?? throw new InvalidOperationException($"{Python} did not start.");
    }

    /// <summary>Debian's interpreter by default: its torch links the libtorch that the shim links here.</summary>
    public static string Python => Environment.GetEnvironmentVariable("PEER_PYTHON") ?? "/usr/bin/python3";

    /// <summary>The checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Sends a request and waits for its answer.</summary>
    public JsonNode Ask(object request)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"The peer ended. It needs torch: {Python} -c 'import torch' (Debian: python3-torch).");
        return JsonNode.Parse(line)!;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PluginHost.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Run the benchmarks from a checkout.");
    }
}

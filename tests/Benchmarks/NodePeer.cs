using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginHost.Benchmarks;

/// <summary>
/// Hugging Face's tokenizers in a Node process, one request at a time. <c>npm i --ignore-scripts tokenizers@0.23.2</c> in
/// tests/Benchmarks, or in a folder that the variable PEER_NODE_MODULES names, puts them there.
/// </summary>
internal sealed class NodePeer : IDisposable
{
    private readonly Process process;

    private NodePeer(Process process) => this.process = process;

    /// <summary>Starts it; where there is no Node or no such package says so and returns null.</summary>
    public static NodePeer? TryStart(string row)
    {
        var modules = Environment.GetEnvironmentVariable("PEER_NODE_MODULES") ?? Path.Combine(Peer.Root, "tests", "Benchmarks", "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "tokenizers")))
        {
            Console.WriteLine($"\n{row}: left out, for there are no tokenizers in {modules}; run: npm i --ignore-scripts --prefix tests/Benchmarks tokenizers@0.23.2\n");
            return null;
        }
        var start = new ProcessStartInfo("node", [Path.Combine(Peer.Root, "tests", "Benchmarks", "peer.js")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["NODE_PATH"] = modules;
        // One core on either side.
        start.Environment["RAYON_NUM_THREADS"] = "1";
        start.Environment["TOKENIZERS_PARALLELISM"] = "false";
        try
        {
            return new(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"\n{row}: left out, for there is no node on the path.\n");
            return null;
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    public JsonNode Ask(object request)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        process.StandardInput.Flush();
        // Training prints empty lines in the place of a progress bar.
        string line;
        do line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The Node peer ended.");
        while (line.Length == 0);
        return JsonNode.Parse(line)!;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}

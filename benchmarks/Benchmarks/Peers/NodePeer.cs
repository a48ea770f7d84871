using System.Diagnostics;

namespace PluginHost.Benchmarks;

/// <summary>
/// Hugging Face's tokenizers in a Node process. <c>npm i --ignore-scripts tokenizers@0.23.2</c> in benchmarks/Node, or in a
/// folder that the variable PEER_NODE_MODULES names, puts them there.
/// </summary>
internal static class NodePeer
{
    /// <summary>Starts it; where there is no Node or no such package says so and returns null.</summary>
    public static Child? TryStart(string row)
    {
        var modules = Environment.GetEnvironmentVariable("PEER_NODE_MODULES") ?? Path.Combine(Checkout.Scripts("Node"), "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "tokenizers")))
        {
            Console.WriteLine($"\n{row}: left out, for there are no tokenizers in {modules}; run: " +
                "npm i --ignore-scripts --prefix benchmarks/Node tokenizers@0.23.2\n");
            return null;
        }

        var start = new ProcessStartInfo("node", [Path.Combine(Checkout.Scripts("Node"), "peer.js")]);
        start.Environment["NODE_PATH"] = modules;
        // One core on either side.
        start.Environment["RAYON_NUM_THREADS"] = "1";
        start.Environment["TOKENIZERS_PARALLELISM"] = "false";
        try
        {
            return new Child(start, "The Node peer ended.");
        }
        catch (PeerMissingException)
        {
            Console.WriteLine($"\n{row}: left out, for there is no node on the path.\n");
            return null;
        }
    }
}

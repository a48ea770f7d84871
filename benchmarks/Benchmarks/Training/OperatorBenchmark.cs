using System.Diagnostics;
using PluginHost.Torch;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>What one operator call costs before any arithmetic: a 2x2 add.</summary>
internal static class OperatorBenchmark
{
    private const int Calls = 200_000;

    public static void Run(int rounds)
    {
        using var peer = new Peer(Threads.Count);
        var (ours, theirs) = (new List<double>(), new List<double>());
        Ours(Calls / 10);
        for (var round = 0; round < rounds; round++)
        {
            theirs.Add(peer.Ask(new { what = "add", count = Calls })["ns"]!.GetValue<double>());
            ours.Add(Ours(Calls));
        }
        Table.Write("2x2 add, result freed", "ns", new Spread(ours), new Spread(theirs));
    }

    private static double Ours(int calls)
    {
        using var _ = no_grad();
        using var x = ones(2, 2);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < calls; i++) add(x, x).Dispose();
        return watch.Elapsed.TotalNanoseconds / calls;
    }
}

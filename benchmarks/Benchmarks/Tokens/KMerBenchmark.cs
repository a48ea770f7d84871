using System.Diagnostics;
using PluginHost.Plugins.KMer;

namespace PluginHost.Benchmarks;

/// <summary>Overlapping 6-mer ids of a sequence in memory, on one core, against the join-split-look-up of DNABERT's Python.</summary>
internal static class KMerBenchmark
{
    public static void Run(int rounds)
    {
        var random = new SeededRandom(1);
        var bases = System.Text.Encoding.ASCII.GetBytes(string.Create(4_000_000, random, static (span, r) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = "ACGT"[(int)r.Next(4)];
        }));
        var ids = new int[bases.Length];
        var python = System.Text.Encoding.ASCII.GetString(bases, 0, 200_000);
        using var peer = new Peer(1);
        var (ours, theirs) = (new List<double>(), new List<double>());
        Warm(() => KMerIds.Encode(bases.AsSpan(0, 100_000), 6, ids));
        for (var round = 0; round < rounds; round++)
        {
            var answer = peer.Ask(new { what = "kmer", k = 6, sequence = python });
            theirs.Add(1e3 / answer["megabases_per_second"]!.GetValue<double>());
            var watch = Stopwatch.StartNew();
            KMerIds.Encode(bases, 6, ids);
            ours.Add(watch.Elapsed.TotalNanoseconds / bases.Length);
            var checksum = 0L;
            for (var i = 0; i + 6 <= python.Length; i++) checksum += ids[i];
            if (checksum != answer["checksum"]!.GetValue<long>()) throw new InvalidOperationException("The two sides' ids differ.");
        }
        var best = new Spread(ours);
        Table.Write($"6-mer ids, one core ({1 / best.Median:0.00} Gbase/s)", "ns a base", best, new Spread(theirs));
    }

    /// <summary>Calls until the JIT's optimised code has replaced the first.</summary>
    internal static void Warm(Action work)
    {
        for (var i = 0; i < 4; i++)
        {
            for (var call = 0; call < 40; call++) work();
            Thread.Sleep(150);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using PluginHost.PluginKit;
using PluginHost.Plugins.Population;
using PluginHost.Torch;

namespace PluginHost.Benchmarks;

/// <summary>
/// <c>population compare</c> against the same statistics in numpy and scipy, 200 draws each, from the files to the last figure; the tool
/// writes its tables and drawings besides. Each time a process of its own.
/// </summary>
internal static class PopulationBenchmark
{
    private const int Draws = 200;

    /// <summary>Both sizes.</summary>
    public static void Run(int rounds)
    {
        Row(5008, 5000, 805, rounds);
        Row(2000, 2000, 10_000, rounds);
    }

    /// <summary>Compares once, and says milliseconds and the peak in MiB.</summary>
    public static int Child(string real, string artificial)
    {
        using var folder = new Scratch();
        var tool = new Workbench(new PopulationPlugin()).Build<ITool>("population compare",
            new { real = new[] { real }, artificial = new[] { artificial }, output = folder.New(""), bootstrap = Draws });
        var watch = Stopwatch.StartNew();
        tool.RunAsync(new BenchContext(null!, []), default).GetAwaiter().GetResult();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{{\"ms\": {watch.Elapsed.TotalMilliseconds:0.0}, \"peak_mb\": {Hardware.PeakResidentBytes / 1048576.0:0.0}}}"));
        return 0;
    }

    private static void Row(int count, int artificial, int sites, int rounds)
    {
        using var folder = new Scratch();
        var files = (string[])[folder.Write("real.hapt", MosaicHaplotypes.Write(count, sites, 1)),
            folder.Write("made.hapt", MosaicHaplotypes.Write(artificial, sites, 2))];
        var (ours, peer, memory) = (new List<double>(), new List<double>(), (Ours: 0.0, Peer: 0.0));
        for (var round = 0; round < rounds; round++)
        {
            var one = Measure(Environment.ProcessPath!,
                [.. Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(PopulationBenchmark).Assembly.Location]
                    : (string[])[], "population-child", .. files]);
            var other = Measure(Peer.Python, [Path.Combine(Checkout.Scripts("Python"), "population.py"), .. files, $"{Draws}"]);
            ours.Add(one.Milliseconds);
            peer.Add(other.Milliseconds);
            memory = (Math.Max(memory.Ours, one.Mebibytes), Math.Max(memory.Peer, other.Mebibytes));
        }
        Table.Write(string.Create(CultureInfo.InvariantCulture,
            $"population compare, {count:#,0} x {artificial:#,0} haplotypes of {sites:#,0} SNPs, {memory.Ours:0} MiB; peer: numpy, "
            + $"{memory.Peer:0} MiB (wanted 3)"), "ms", new(ours), new(peer));
    }

    private static (double Milliseconds, double Mebibytes) Measure(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new PeerMissingException($"{program} does not start.");
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new PeerMissingException($"{program} ended; it needs numpy and scipy (python3-scipy).");
        var said = JsonNode.Parse(answer)!;
        return (said["ms"]!.GetValue<double>(), said["peak_mb"]!.GetValue<double>());
    }
}

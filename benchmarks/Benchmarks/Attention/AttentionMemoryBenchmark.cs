using System.Diagnostics;
using System.Globalization;
using PluginHost.PluginKit;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.ByteSeq2Seq.Attention;
using PluginHost.Plugins.SpanCorruption;
using PluginHost.Torch;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>
/// Peak resident size of one span-corruption step (forward and backward of encoder, decoder and head) by input length, less what the
/// process held before it, each in a process of its own: linear with windows, quadratic with dense attention.
/// </summary>
internal static class AttentionMemoryBenchmark
{
    private const int LongestDense = 4096;

    public static void Run()
    {
        Console.WriteLine();
        Console.WriteLine("4 + 2 layers, width 256, 4 heads of 64, feed-forward 640; windowed: radius 64 and 128, 256 blocks; one "
            + "sequence, 15 % hidden in spans of 20.");
        Console.WriteLine();
        Console.WriteLine("| input tokens | windowed, MiB | per token, KiB | dense, MiB | per token, KiB |");
        Console.WriteLine("|---|---|---|---|---|");
        for (var length = 1024; length <= 16_384; length *= 2)
        {
            var windowed = Measure("windowed", length);
            var dense = length <= LongestDense ? Measure("dense", length) : double.NaN;
            string Pair(double mib) => double.IsNaN(mib) ? "- | -"
                : string.Create(CultureInfo.InvariantCulture, $"{mib:#,0} | {mib * 1024 / length:0}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {length:#,0} | {Pair(windowed)} | {Pair(dense)} |"));
        }
    }

    /// <summary>One step, then what it added to the peak, in MiB.</summary>
    public static int Child(string attention, int length)
    {
        var options = new ByteSeq2SeqOptions
        {
            Width = 256, AttentionHeads = 4, FeedForward = 640, EncoderLayers = 4, DecoderLayers = 2, Dropout = 0, AttentionDropout = 0,
            Attention = attention == "dense" ? AttentionKind.Dense : AttentionKind.Windowed, GlobalBlocks = attention == "dense" ? 0 : 256,
        };
        var tokens = new SentinelBases();
        var bench = new Workbench(new ByteSeq2SeqPlugin(), new SpanCorruptionPlugin(), tokens);
        bench.UseTokenizer("sentinel-bases");
        bench.UseBackbone("byte-seq2seq", options);
        using var model = new ModelUnderTest(bench, bench.Build<IObjective>("span-corruption"));
        using (var warm = model.Collate(SampleDna.Random(1, 64, 64))) model.Loss(warm).backward();
        var before = Hardware.ResidentBytes;
        using (var batch = model.Collate(SampleDna.Random(1, length - 1, length - 1)))
        using (NewDisposeScope())
            model.Loss(batch).backward();
        Console.WriteLine(FormattableString.Invariant($"{(Hardware.PeakResidentBytes - before) / 1048576.0:0.0}"));
        return 0;
    }

    private static double Measure(string attention, int length)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(AttentionMemoryBenchmark).Assembly.Location);
        foreach (var argument in new[] { "attention-memory-child", attention, $"{length}" }) start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var figure = double.Parse(child.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        child.WaitForExit();
        return figure;
    }
}

using System.Diagnostics;
using PluginHost.Torch;

namespace PluginHost.Benchmarks;

/// <summary>Peak resident size of a 12x768 bf16 step at batch 8 x 128, each side in a process of its own.</summary>
internal static class MemoryBenchmark
{
    public static void Run()
    {
        var shape = Shape.Base;
        double theirs;
        using (var peer = new Peer(Threads.Count))
        {
            peer.Ask(new
            {
                what = "train", key = "memory", layers = shape.Layers, width = shape.Width, heads = shape.Heads, vocab = Shape.Vocabulary,
                length = shape.Length, batch = shape.Batch, dtype = "bf16", warmup = 1, repeats = 2,
            });
            theirs = peer.Ask(new { what = "memory" })["peak_mb"]!.GetValue<double>();
        }
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet") start.ArgumentList.Add(typeof(MemoryBenchmark).Assembly.Location);
        start.ArgumentList.Add("memory-child");
        using var child = Process.Start(start)!;
        var ours = double.Parse(child.StandardOutput.ReadToEnd(), System.Globalization.CultureInfo.InvariantCulture);
        child.WaitForExit();
        Table.Write($"{shape.Name} bf16 step, peak resident", "MiB", new Spread([ours]), new Spread([theirs]));
    }

    /// <summary>Three steps, then the peak.</summary>
    public static int Child()
    {
        using (var step = new TrainingBenchmark.HostStep(Shape.Base, bf16: true))
            for (var i = 0; i < 3; i++) step.Run();
        Console.WriteLine(FormattableString.Invariant($"{Hardware.PeakResidentBytes / 1048576.0:0.0}"));
        return 0;
    }
}

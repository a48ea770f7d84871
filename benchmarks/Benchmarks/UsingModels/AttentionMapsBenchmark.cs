using System.Diagnostics;
using System.Globalization;
using PluginHost.Torch;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>
/// Peak resident size of attention maps of 1,000 sequences of 100 bases, less what the process held before, against keeping the attention
/// of all layers and heads; each in a process of its own.
/// </summary>
internal static class AttentionMapsBenchmark
{
    private const int Sequences = 1000, Bases = 100;

    public static void Run()
    {
        var (ours, kept) = (Measure("tool"), Measure("kept"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\nattention maps of {Sequences:#,0} sequences, 4x256: {ours:0} MiB, all layers and heads kept {kept:0} MiB, "
            + $"{ours / kept:0.000}\n"));
    }

    /// <summary>Does it, and says what it added to the peak, in MiB.</summary>
    public static int Child(string side)
    {
        var model = ToolModel.Classifier(Shape.Small);
        var random = new SeededRandom(4);
        Sample[] samples = [.. Enumerable.Range(0, Sequences).Select(i => new Sample($"s{i}",
            string.Concat(Enumerable.Range(0, Bases).Select(_ => "ACGT"[(int)random.Next(4)]))))];
        using var folder = new Scratch();
        Work(model, samples[..8], side, folder);
        var before = Hardware.ResidentBytes;
        Work(model, samples, side, folder);
        Console.WriteLine(FormattableString.Invariant($"{(Hardware.PeakResidentBytes - before) / 1048576.0:0.0}"));
        return 0;
    }

    private static void Work(ToolModel model, Sample[] samples, string side, Scratch folder)
    {
        if (side == "tool")
        {
            model.Run("interpret attention", new { input = new[] { "s" }, output = folder.New("") }, samples);
            return;
        }
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var all = new List<Tensor>();
        foreach (var (batch, _) in model.Model.Batches(new PluginHost.Libs.Tools.Input.ListedSource(samples), new() { TokensOnly = true }))
            all.AddRange(model.Model.Forward(batch, Capture.Attentions).Attentions.Select(a => a.DetachFromDisposeScope()));
        all.ForEach(a => a.Dispose());
    }

    private static double Measure(string side)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(AttentionMapsBenchmark).Assembly.Location);
        foreach (var argument in (string[])["attention-maps-child", side]) start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var figure = double.Parse(child.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        child.WaitForExit();
        return figure;
    }
}

using PluginHost.Torch;

namespace PluginHost.Benchmarks;

/// <summary>
/// What the tensor library and its additions are worth: the host's steps beside those of an earlier commit, of a plain TorchSharp
/// program and of Python torch, predictions beside their multiplications, and memory.
/// </summary>
internal sealed class TensorLibraryBenchmark(int rounds)
{
    private readonly TensorLibraryTable table = new();
    private readonly HashSet<Side> present = [];

    public static void Run(int rounds) => new TensorLibraryBenchmark(rounds).Run();

    private void Run()
    {
        foreach (var side in new[] { Side.Host, Side.Before, Side.Plain, Side.PlainAutocast, Side.Python }) LookFor(side);
        table.WriteHead();
        foreach (var shape in new[] { Shape.Small, Shape.Base })
        {
            Steps(shape, "fp32", (Side.Before, "at least 2.0"), (Side.Plain, "at least 1.5"), (Side.Python, "at least 1.2"));
            Steps(shape, "bf16", (Side.Before, "at least 1.0, goal 1.3"), (Side.Plain, "at least 1.5"), (Side.PlainAutocast, ""),
                (Side.Python, "at least 1.2"));
        }

        foreach (var length in PredictionBenchmark.Lengths)
        {
            var (ours, ideal, name) = PredictionBenchmark.Compare(length, rounds, present.Contains(Side.Python) ? Side.Python : null);
            table.Write(name, "its multiplications alone", "ms", ours, ideal, ideal.Median / ours.Median, "at least 0.8");
        }

        Memory("fp32", (Side.Plain, "at most 1.0"));
        Memory("bf16", (Side.Plain, "at most 1.0"), (Side.PlainAutocast, ""));
        table.WriteFoot();
    }

    private void LookFor(Side side)
    {
        try
        {
            using var child = side.Start();
            Console.WriteLine($"{side.Name}: {child.Ask(new StepRequest("about"))["about"]!.GetValue<string>()}");
            present.Add(side);
        }
        catch (PeerMissingException e) when (side != Side.Host)
        {
            Console.WriteLine($"{side.Name}: left out, {e.Message}");
        }
    }

    private void Steps(Shape shape, string dtype, params (Side Peer, string Wanted)[] peers)
    {
        peers = Here($"{shape.Name} {dtype}", dtype, peers);
        if (peers.Length == 0) return;
        var times = Turns.Steps(shape, dtype, [Side.Host, .. peers.Select(p => p.Peer)], rounds);
        foreach (var ((peer, wanted), theirs) in peers.Zip(times.Skip(1)))
            table.Write($"{shape.Name} {dtype} step", peer.Name, "ms", times[0], theirs, theirs.Median / times[0].Median, wanted);
    }

    private void Memory(string dtype, params (Side Peer, string Wanted)[] peers)
    {
        peers = Here($"{Shape.Base.Name} {dtype}, memory", dtype, peers);
        if (peers.Length == 0) return;
        var ours = Turns.PeakMebibytes(Shape.Base, dtype, Side.Host, rounds);
        foreach (var (peer, wanted) in peers)
        {
            var theirs = Turns.PeakMebibytes(Shape.Base, dtype, peer, rounds);
            var ratio = ours.Median / theirs.Median;
            table.Write($"{Shape.Base.Name} {dtype} step, peak resident size", peer.Name, "MiB", ours, theirs, ratio, wanted);
        }
    }

    private (Side Peer, string Wanted)[] Here(string rows, string dtype, (Side Peer, string Wanted)[] peers)
    {
        if (dtype != "bf16" || Hardware.HasNativeBf16) return [.. peers.Where(p => present.Contains(p.Peer))];
        table.LeaveOut(rows, "this processor has no bfloat16 instructions.");
        return [];
    }
}

using System.Diagnostics;
using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.ByteSeq2Seq.Attention;
using PluginHost.Torch;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>
/// One self-attention of ENBED's encoder at the paper's shape (width 1536, 16 heads of 64, window radius 128, 256 global tokens), forward
/// and backward, projections included: tiles against dense attention in Python torch and in the plugin.
/// </summary>
internal static class AttentionBenchmark
{
    private static readonly Seq2SeqShape shape = Seq2SeqShape.Of(new());

    public static void Run(int rounds)
    {
        foreach (var length in new[] { 2048, 4096 })
        {
            using var peer = new Peer(Threads.Count);
            using var tiles = new Step(length, radius: 128, blocks: 256);
            using var dense = new Step(length, radius: int.MaxValue, blocks: 0);
            var (ours, oursDense, theirs) = (new List<double>(), new List<double>(), new List<double>());
            tiles.Run();
            dense.Run();
            for (var round = 0; round < rounds; round++)
            {
                var answer =
                    peer.Ask(new
                    {
                        what = "attention", length, width = shape.Width, heads = shape.Heads, head_width = shape.HeadWidth,
                        buckets = shape.Buckets
                    });
                theirs.Add(answer["ms"]!.GetValue<double>());
                ours.Add(Time(tiles));
                oursDense.Add(Time(dense));
            }
            Table.Write($"ENBED self-attention {length:N0}, tiles against dense", "ms", new Spread(ours), new Spread(theirs), length);
            Table.Write($"ENBED self-attention {length:N0}, dense against dense", "ms", new Spread(oursDense), new Spread(theirs), length);
        }
    }

    private static double Time(Step step)
    {
        var watch = Stopwatch.StartNew();
        step.Run();
        return watch.Elapsed.TotalMilliseconds;
    }

    private sealed class Step : IDisposable
    {
        private readonly SelfAttention module = new(shape, first: true);
        private readonly Tensor input;
        private readonly int length, radius, blocks;

        public Step(int length, int radius, int blocks)
        {
            (this.length, this.radius, this.blocks) = (length, radius, blocks);
            input = randn(1, length, shape.Width).requires_grad_(true);
        }

        public void Run()
        {
            using var scope = NewDisposeScope();
            var seen = blocks > 0 ? GlobalBlocks.OfInput(null, length, blocks, CPU) : null;
            var plan = new AttentionPlan(shape, module.Positions, [radius], null, length, causal: false, seen, whole: false);
            module.Forward(input, plan, radius, null).sum().backward();
        }

        public void Dispose()
        {
            module.Dispose();
            input.Dispose();
        }
    }
}

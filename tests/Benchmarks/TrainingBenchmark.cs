using System.Diagnostics;
using PluginHost.Host.Training;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;
using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PluginHost.Benchmarks;

/// <summary>Masked-LM training steps: the same operators as the peer, and the host's own path against the peer's usual loop.</summary>
internal static class TrainingBenchmark
{
    public static void Run(Shape shape, int rounds)
    {
        foreach (var type in new[] { "fp32", "bf16" }) Compare(shape, type, rounds);
    }

    private static void Compare(Shape shape, string type, int rounds)
    {
        using var peer = new Peer(Threads.Count);
        using var same = new SameStep(shape, type == "bf16");
        using var host = new HostStep(shape, type == "bf16");
        object Request(int repeats) => new
        {
            what = "train", key = "step", layers = shape.Layers, width = shape.Width, heads = shape.Heads, vocab = Shape.Vocabulary,
            length = shape.Length, batch = shape.Batch, dtype = type, warmup = 2, repeats,
        };
        peer.Ask(Request(1));
        for (var i = 0; i < 2; i++) { same.Run(); host.Run(); }
        var (theirs, sames, hosts) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            theirs.Add(peer.Ask(Request(shape.Repeats))["ms"]!.AsArray().Min(v => v!.GetValue<double>()));
            sames.Add(Enumerable.Range(0, shape.Repeats).Min(_ => Time(same.Run)));
            hosts.Add(Enumerable.Range(0, shape.Repeats).Min(_ => Time(host.Run)));
        }
        var python = new Spread(theirs);
        Table.Write($"{shape.Name} {type}, same operators", "ms", new Spread(sames), python, shape.TokensPerStep);
        Table.Write($"{shape.Name} {type}, host's path", "ms", new Spread(hosts), python, shape.TokensPerStep);
    }

    private static double Time(Action step)
    {
        var watch = Stopwatch.StartNew();
        step();
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>The peer's loop with the peer's operators.</summary>
    private sealed class SameStep : IDisposable
    {
        private readonly bool bf16;
        private readonly SameOperators model;
        private readonly optim.Optimizer optimizer;
        private readonly Tensor ids, labels, attention;

        public SameStep(Shape shape, bool bf16)
        {
            this.bf16 = bf16;
            manual_seed(1);
            model = new SameOperators(shape);
            optimizer = optim.AdamW(model.parameters(), lr: 1e-4, weight_decay: 0.01);
            ids = randint(5, Shape.Vocabulary, [shape.Batch, shape.Length], dtype: ScalarType.Int64);
            labels = where(rand(shape.Batch, shape.Length).lt(0.15), ids, full_like(ids, Keys.Ignore));
            attention = ones_like(ids).to(ScalarType.Bool);
        }

        public void Run()
        {
            using var scope = NewDisposeScope();
            Tensor logits;
            using (Autocast.Enter(CPU, bf16 ? ScalarType.BFloat16 : ScalarType.Float32)) logits = model.call(ids, attention);
            var loss = F.cross_entropy(logits.to(ScalarType.Float32).view(-1, logits.shape[^1]), labels.view(-1), ignore_index: Keys.Ignore);
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1.0);
            optimizer.step();
            optimizer.zero_grad();
            loss.item<float>();
        }

        public void Dispose()
        {
            optimizer.Dispose();
            model.Dispose();
        }
    }

    /// <summary>What the host's trainer does with the shipped plugins: collation included.</summary>
    internal sealed class HostStep : IDisposable
    {
        private readonly ModelUnderTest model;
        private readonly Optimizer optimizer;
        private readonly Compute compute;
        private readonly Sample[] samples;
        private ulong step;

        public HostStep(Shape shape, bool bf16)
        {
            manual_seed(1);
            var bench = new Workbench(new KMerPlugin(), new BertEncoderPlugin(), new MaskedLmPlugin());
            bench.UseTokenizer("kmer", new { k = 6 });
            bench.UseBackbone("bert-encoder", new { layers = shape.Layers, width = shape.Width, attentionHeads = shape.Heads });
            model = new ModelUnderTest(bench, bench.Build<IObjective>("masked-lm"));
            model.Train(true);
            optimizer = new Optimizer([.. model.Parameters.Select(p => (p.Name, p.Value))], new TrainOptions());
            compute = Compute.For(CPU, bf16 ? Precision.Bf16 : Precision.Fp32);
            var random = new SeededRandom(2);
            samples = [.. Enumerable.Range(0, shape.Batch).Select(i => new Sample($"{i}", string.Concat(
                Enumerable.Range(0, shape.Length - 2 + 5).Select(_ => "ACGT"[(int)random.Next(4)]))))];
        }

        public void Run()
        {
            using var scope = NewDisposeScope();
            using var batch = model.Collate(samples, seed: ++step);
            Tensor loss;
            using (compute.Autocast()) loss = model.Loss(batch);
            loss.backward();
            optimizer.Step(1e-4).Dispose();
            loss.item<float>();
        }

        public void Dispose()
        {
            optimizer.Dispose();
            model.Dispose();
        }
    }
}

using System.Diagnostics;
using PluginHost.Host.Evaluation;
using PluginHost.Host.Training;
using PluginHost.Torch;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>
/// Predictions as <c>host predict</c> makes them, tokenizing included, against the time that their multiplications alone would take at the
/// best rate of a large matrix product measured in the same rounds.
/// </summary>
internal static class PredictionBenchmark
{
    public static void Run(int rounds)
    {
        Compare(rounds, "128 tokens", tokens: 128, shortest: 500, longest: 500, sequences: 128);
        Compare(rounds, "512 tokens", tokens: 512, shortest: 300, longest: 2300, sequences: 48);
    }

    private static void Compare(int rounds, string name, int tokens, int shortest, int longest, int sequences)
    {
        var shape = Shape.Base;
        var classifier = BertClassifier.Build(shape, tokens);
        var windows = new GenomeWindows(sequences, shortest, longest);
        var lengths = windows.Rows.Select(r => classifier.Tokenizer.Encode(r, new EncodeContext(tokens)).Ids.Length).ToList();
        var job = new ScoringJob
        {
            Model = classifier.Model, Objective = classifier.Objective, Tokenizer = classifier.Tokenizer, Source = windows, Compute = Compute.For(CPU, Precision.Fp32), Mode = CollateMode.Predict,
            Seed = 1, BatchTokens = 4096, BatchSize = 32,
        };
        var operations = lengths.Sum(length => Operations(shape, length));
        using var peer = new Peer(Threads.Count);
        Predictor.Run(job, null, default);
        var (ours, ideal) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var peak = Math.Max(peer.Ask(new { what = "matmul", dtype = "fp32" })["gflops"]!.GetValue<double>(), GigaflopsOfAProduct());
            ideal.Add(operations / peak / 1e6);
            var watch = Stopwatch.StartNew();
            Predictor.Run(job, null, default);
            ours.Add(watch.Elapsed.TotalMilliseconds);
        }
        Table.Write($"predict {shape.Name} fp32, {name} ({sequences} sequences of {lengths.Min()} to {lengths.Max()}), against its multiplications at peak", "ms", new Spread(ours), new Spread(ideal), lengths.Sum());
    }

    /// <summary>Floating-point operations of one sequence's forward pass: projections, feed-forward, and both products of attention.</summary>
    private static double Operations(Shape shape, int length) =>
        2.0 * length * shape.Layers * (12.0 * shape.Width * shape.Width + 2.0 * length * shape.Width);

    private static double GigaflopsOfAProduct()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (a, b) = (randn(1024, 768), randn(768, 3072));
        var best = Enumerable.Range(0, 10).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            a.matmul(b).Dispose();
            return watch.Elapsed.TotalMilliseconds;
        });
        return 2.0 * 1024 * 768 * 3072 / best / 1e6;
    }
}

using System.Diagnostics;
using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Batches;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Scoring;
using PluginHost.Torch;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>
/// Predictions as <c>host predict</c> makes them, tokenizing included, against the time that their multiplications alone would take at the
/// best rate of a large matrix product measured in the same rounds, in this program or in Python.
/// </summary>
internal static class PredictionBenchmark
{
    /// <summary>Real lengths: 500 bases, as GUE's histone marks, in up to 128 tokens; 300 to 2,300 bases in up to 512.</summary>
    public static IReadOnlyList<SequenceLengths> Lengths { get; } = [new(128, 500, 500, 128), new(512, 300, 2300, 48)];

    public static void Run(int rounds)
    {
        foreach (var lengths in Lengths)
        {
            var (ours, ideal, name) = Compare(lengths, rounds, Side.Python);
            Table.Write($"{name}, against its multiplications at peak", "ms", ours, ideal);
        }
    }

    /// <param name="other">Whose product may be the faster one.</param>
    public static (Spread Ours, Spread Ideal, string Name) Compare(SequenceLengths sequences, int rounds, Side? other)
    {
        var shape = Shape.Base;
        var classifier = BertClassifier.Build(shape, sequences.Tokens);
        var windows = new GenomeWindows(sequences.Count, sequences.Shortest, sequences.Longest);
        var lengths = windows.Rows.Select(r => classifier.Tokenizer.Encode(r, new EncodeContext(sequences.Tokens)).Ids.Length).ToList();
        var recipe = new BatchRecipe
        {
            Tokenizer = classifier.Tokenizer, Objective = classifier.Objective,
            MaxTokens = classifier.Model.MaxTokens, BatchTokens = 4096
        };
        var job = new ScoringJob
        {
            Model = classifier.Model, Compute = Compute.For(CPU, Precision.Fp32),
            Batches = new() { Source = windows, Recipe = recipe, Mode = CollateMode.Predict, Seed = 1 },
        };
        var operations = lengths.Sum(length => Operations(shape, length));
        using var peer = other?.Start();
        Predictor.Run(job, null, default);
        var (ours, ideal) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var theirs = peer?.Ask(new { what = "matmul", dtype = "fp32" })["gflops"]!.GetValue<double>() ?? 0;
            ideal.Add(operations / Math.Max(theirs, GigaflopsOfAProduct()) / 1e6);
            var watch = Stopwatch.StartNew();
            Predictor.Run(job, null, default);
            ours.Add(watch.Elapsed.TotalMilliseconds);
        }

        return (new Spread(ours), new Spread(ideal),
            $"predict {shape.Name} fp32, {sequences.Count} sequences of {lengths.Min()} to {lengths.Max()} tokens");
    }

    /// <summary>Floating-point operations of one sequence's forward pass: projections, feed-forward, both products of attention.</summary>
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

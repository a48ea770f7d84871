using System.Diagnostics;
using System.Text.Json;
using PluginHost.Host.Apps.Benchmarks;
using PluginHost.Host.Batches;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;
using PluginHost.PluginKit;
using PluginHost.Plugins.AdamW;
using PluginHost.Torch;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>
/// An epoch of fine-tuning on sequences of real lengths in byte-pair tokens: the host's path (packed by length, without
/// padding, tokenizing included) against the usual Hugging Face loop (shuffled batches of 32 padded to their longest,
/// tokens ready).
/// </summary>
/// <param name="name">In the table.</param>
/// <param name="shape">The model.</param>
/// <param name="tokens">Most tokens of a sequence; longer ones are cut, on both sides.</param>
/// <param name="shortest">Fewest bases of a sequence.</param>
/// <param name="longest">Most bases of a sequence.</param>
/// <param name="sequences">Sequences of the epoch.</param>
internal sealed class FinetuneBenchmark(string name, Shape shape, int tokens, int shortest, int longest, int sequences)
{
    private const int BatchSize = 32;

    /// <summary>500 bases, as GUE's histone marks, in up to 128 tokens; 300 to 2,300 bases in up to 512.</summary>
    public static void Run(Shape shape, int rounds)
    {
        // A large model's epoch is cut short: steps of the same size, fewer of them.
        var share = shape == Shape.Small ? 1 : 4;
        new FinetuneBenchmark($"fine-tune {shape.Name}, 128 tokens", shape, 128, 500, 500, 256 / share).Compare(rounds);
        new FinetuneBenchmark($"fine-tune {shape.Name}, 512 tokens", shape, 512, 300, 2300, 128 / share).Compare(rounds);
    }

    private void Compare(int rounds)
    {
        var classifier = BertClassifier.Build(shape, tokens);
        var tokenizer = classifier.Tokenizer;
        var windows = new GenomeWindows(sequences, shortest, longest);
        var rows = windows.Rows;
        var ids = rows.Select(r => tokenizer.Encode(r, new EncodeContext(tokens)).Ids).ToList();
        var file = Path.GetTempFileName();
        File.WriteAllText(file, JsonSerializer.Serialize(ids));
        try
        {
            using var peer = new Peer(Threads.Count);
            using var ours = new Epoch(classifier, windows, (int)(BatchSize * ids.Average(i => i.Length)));
            object Request() => new
            {
                what = "finetune", key = name, file, layers = shape.Layers, width = shape.Width, heads = shape.Heads,
                vocab = tokenizer.Vocabulary.Count,
                positions = tokens, batch = BatchSize, classes = 2,
            };
            peer.Ask(Request());
            ours.Run();
            var (theirs, hosts) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                theirs.Add(peer.Ask(Request())["ms"]!.GetValue<double>());
                var watch = Stopwatch.StartNew();
                ours.Run();
                hosts.Add(watch.Elapsed.TotalMilliseconds);
            }
            Table.Write($"{name} ({sequences} sequences of {ids.Min(i => i.Length)} to {ids.Max(i => i.Length)})", "ms an epoch",
                new Spread(hosts), new Spread(theirs), ids.Sum(i => i.Length));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What the host's trainer does in an epoch, logging and checkpoints apart.</summary>
    private sealed class Epoch : IDisposable
    {
        private readonly BertClassifier classifier;
        private readonly TrainingBatches batches;
        private readonly Optimizer optimizer;
        private readonly Compute compute = Compute.For(CPU, Precision.Fp32);
        private long epoch;

        public Epoch(BertClassifier classifier, ISampleSource rows, int batchTokens)
        {
            this.classifier = classifier;
            var options = new TrainOptions { BatchTokens = batchTokens };
            batches = new TrainingBatches(rows,
                BatchRecipe.Of(classifier.Tokenizer, classifier.Objective, classifier.Model.MaxTokens, options), seed: 5);
            var weights = classifier.Model.Parameters().Select(p => new TrainedWeight(p.Name, p.Parameter)).ToList();
            optimizer = new Optimizer(new Workbench(new AdamWPlugin()).Build<IOptimizerFactory>("adamw"), weights, options);
        }

        public void Run()
        {
            using var feed = new BatchFeed<PlannedBatch, PreparedBatch>(
                batches.Plan.From(new BatchPosition(epoch, 0, 0)).TakeWhile(b => b.Position.Epoch == epoch), planned =>
                    batches.Make(planned, 0), workers: 1);
            classifier.Model.Train(true);
            while (feed.Next() is { } prepared)
            {
                using var scope = NewDisposeScope();
                using var _ = prepared;
                Tensor loss;
                using (NewDisposeScope())
                using (compute.Autocast())
                    loss = TargetCounts.Sum([prepared.Batch])
                        .Total(classifier.Objective.Loss(classifier.Model.Forward(prepared.Batch).Predictions, prepared.Batch))
                        .MoveToOuterDisposeScope();
                loss.backward();
                optimizer.Step(1e-4).Dispose();
            }
            epoch++;
        }

        public void Dispose() => optimizer.Dispose();
    }
}

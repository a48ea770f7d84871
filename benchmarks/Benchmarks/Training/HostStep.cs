using PluginHost.Host.Batches;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Training;
using PluginHost.PluginKit;
using PluginHost.Plugins.BertEncoder;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.MaskedLm;
using PluginHost.Torch;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>
/// What the host's trainer does with the shipped plugins: collation included. Compiled against an earlier commit as well
/// (see ../../Before), so it keeps to what both have.
/// </summary>
internal sealed class HostStep : ITrainingStep
{
    private readonly ModelUnderTest model;
    private readonly FusedAdamW optimizer;
    private readonly Compute compute;
    private readonly Sample[] samples;
    private ulong step;

    public HostStep(Shape shape, string type)
    {
        manual_seed(1);
        var bench = new Workbench(new KMerPlugin(), new BertEncoderPlugin(), new MaskedLmPlugin());
        bench.UseTokenizer("kmer", new { k = 6 });
        bench.UseBackbone("bert-encoder", new { layers = shape.Layers, width = shape.Width, attentionHeads = shape.Heads });
        model = new ModelUnderTest(bench, bench.Build<IObjective>("masked-lm"));
        model.Train(true);
        // What the default optimizer is on the inside, with the defaults of train.
        optimizer = new FusedAdamW([Group(model, matrices: true, 0.01), Group(model, matrices: false, 0)]);
        compute = Compute.For(CPU, type == "bf16" ? Precision.Bf16 : Precision.Fp32);
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
        optimizer.Step(maxNorm: 1).Dispose();
        optimizer.zero_grad();
        loss.item<float>();
    }

    private static FusedAdamW.Group Group(ModelUnderTest model, bool matrices, double decay) =>
        new(model.Parameters.Where(p => p.Value.dim() >= 2 == matrices).Select(p => (p.Name, p.Value)))
        {
            LearningRate = 1e-4,
            WeightDecay = decay
        };

    public void Dispose()
    {
        optimizer.Dispose();
        model.Dispose();
    }
}

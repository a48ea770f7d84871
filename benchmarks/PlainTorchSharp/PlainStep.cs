using PluginHost.Torch;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PluginHost.Benchmarks.Plain;

/// <summary>The loop of TorchSharp's examples: optim.AdamW, clip_grad_norm_, a dispose scope a step; the batch ready and padded.</summary>
internal sealed class PlainStep : ITrainingStep
{
    private const long Ignore = -100;

    private readonly bool autocast;
    private readonly Bert model;
    private readonly optim.Optimizer optimizer;
    private readonly Tensor ids, labels, attention;

    public PlainStep(Shape shape, string type, bool autocast)
    {
        this.autocast = autocast && type == "bf16";
        manual_seed(1);
        model = new Bert(shape);
        if (type == "bf16" && !autocast) model.to(ScalarType.BFloat16);
        model.train();
        optimizer = optim.AdamW(model.parameters(), lr: 1e-4, weight_decay: 0.01);
        ids = randint(5, Shape.Vocabulary, [shape.Batch, shape.Length], dtype: ScalarType.Int64);
        labels = where(rand(shape.Batch, shape.Length).lt(0.15), ids, full_like(ids, Ignore));
        attention = ones_like(ids).to(ScalarType.Bool);
    }

    public void Run()
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var logits = Forward();
        var loss = F.cross_entropy(logits.to(ScalarType.Float32).view(-1, Shape.Vocabulary), labels.view(-1), ignore_index: Ignore);
        loss.backward();
        nn.utils.clip_grad_norm_(model.parameters(), 1.0);
        optimizer.step();
        loss.item<float>();
    }

    private Tensor Forward()
    {
        if (!autocast) return model.call(ids, attention);
        using var region = Autocast.Enter(CPU, ScalarType.BFloat16);
        return model.call(ids, attention);
    }

    public void Dispose()
    {
        optimizer.Dispose();
        model.Dispose();
        ids.Dispose();
        labels.Dispose();
        attention.Dispose();
    }
}

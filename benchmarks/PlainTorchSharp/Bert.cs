using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PluginHost.Benchmarks.Plain;

/// <summary>A BERT for masked LM, its output matrix tied to the word embeddings, the head on every position.</summary>
internal sealed class Bert : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Embedding words, positions, types;
    private readonly LayerNorm norm, transformNorm;
    private readonly Dropout dropout;
    private readonly ModuleList<BertLayer> layers;
    private readonly Linear transform;
    private readonly Parameter bias;

    /// <param name="shape">Sizes.</param>
    /// <param name="fused">Whether attention is libtorch's own operator.</param>
    public Bert(Shape shape, bool fused = false) : base(nameof(Bert))
    {
        words = nn.Embedding(Shape.Vocabulary, shape.Width);
        positions = nn.Embedding(512, shape.Width);
        types = nn.Embedding(2, shape.Width);
        norm = nn.LayerNorm(shape.Width, 1e-12);
        dropout = nn.Dropout(0.1);
        layers = nn.ModuleList(Enumerable.Range(0, shape.Layers).Select(_ => new BertLayer(shape.Width, shape.Heads, fused)).ToArray());
        transform = nn.Linear(shape.Width, shape.Width);
        transformNorm = nn.LayerNorm(shape.Width, 1e-12);
        bias = nn.Parameter(zeros(Shape.Vocabulary));
        RegisterComponents();
        using var _ = no_grad();
        foreach (var (name, parameter) in named_parameters())
        {
            if (parameter.dim() == 2) nn.init.normal_(parameter, 0, 0.02);
            else if (name.EndsWith("bias")) nn.init.zeros_(parameter);
        }
    }

    /// <param name="ids">Batch and time.</param>
    /// <param name="attention">The same; false on padding.</param>
    /// <returns>Batch, time and vocabulary.</returns>
    public override Tensor forward(Tensor ids, Tensor attention)
    {
        var x = Encode(ids, attention);
        return F.linear(transformNorm.call(F.gelu(transform.call(x))), words.weight!, bias);
    }

    /// <summary>The layers alone: batch, time and width.</summary>
    public Tensor Encode(Tensor ids, Tensor attention)
    {
        var x = words.call(ids) + positions.call(arange(ids.shape[1])) + types.call(zeros_like(ids));
        x = dropout.call(norm.call(x));
        var mask = ((1.0 - attention.unsqueeze(1).unsqueeze(1).to(ScalarType.Float32)) * -10000.0).to(x.dtype);
        foreach (var layer in layers) x = layer.call(x, mask);
        return x;
    }
}

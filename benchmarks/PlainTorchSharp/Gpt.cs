using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginHost.Benchmarks.Plain;

/// <summary>A GPT-2 style decoder with a linear head on every position.</summary>
internal sealed class Gpt : nn.Module<Tensor, Tensor>
{
    private readonly Embedding words, positions;
    private readonly ModuleList<GptLayer> layers;
    private readonly LayerNorm norm;
    private readonly Linear head;

    /// <param name="shape">Sizes.</param>
    /// <param name="vocabulary">Tokens of it.</param>
    /// <param name="fused">Whether attention is libtorch's own operator.</param>
    public Gpt(Shape shape, int vocabulary, bool fused) : base(nameof(Gpt))
    {
        words = nn.Embedding(vocabulary, shape.Width);
        positions = nn.Embedding(512, shape.Width);
        layers = nn.ModuleList(Enumerable.Range(0, shape.Layers).Select(_ => new GptLayer(shape.Width, shape.Heads, fused)).ToArray());
        norm = nn.LayerNorm(shape.Width);
        head = nn.Linear(shape.Width, vocabulary, hasBias: false);
        RegisterComponents();
    }

    /// <param name="ids">Batch and time.</param>
    /// <returns>Batch, time and vocabulary.</returns>
    public override Tensor forward(Tensor ids)
    {
        var length = ids.shape[1];
        var x = words.call(ids) + positions.call(arange(length));
        var mask = full([length, length], float.NegativeInfinity).triu(1);
        foreach (var layer in layers) x = layer.call(x, mask);
        return head.call(norm.call(x));
    }

    /// <summary>The same for new tokens after those before.</summary>
    /// <param name="ids">Batch and new time.</param>
    /// <param name="past">Keys and values of each layer; takes the new ones in.</param>
    /// <returns>Batch, new time and vocabulary.</returns>
    public Tensor Continue(Tensor ids, (Tensor Keys, Tensor Values)?[] past)
    {
        using var scope = NewDisposeScope();
        var (before, length) = (past[0]?.Keys.shape[2] ?? 0, ids.shape[1]);
        var x = words.call(ids) + positions.call(arange(before, before + length));
        var mask = full([length, before + length], float.NegativeInfinity).triu(before + 1);
        for (var i = 0; i < past.Length; i++) x = layers[i].Continue(x, mask, ref past[i]);
        return head.call(norm.call(x)).MoveToOuterDisposeScope();
    }
}

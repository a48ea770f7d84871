using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PluginHost.Benchmarks;

/// <summary>peer.py's model line by line: what the binding itself costs or saves. Axes: B T D, H heads, E = D / H.</summary>
internal sealed class SameOperators : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Embedding words, positions, types;
    private readonly LayerNorm ln, transformNorm;
    private readonly Dropout dropout;
    private readonly ModuleList<Layer> layers;
    private readonly Linear transform;
    private readonly Parameter bias;

    public SameOperators(Shape shape) : base(nameof(SameOperators))
    {
        words = nn.Embedding(Shape.Vocabulary, shape.Width);
        positions = nn.Embedding(512, shape.Width);
        types = nn.Embedding(2, shape.Width);
        ln = nn.LayerNorm(shape.Width, 1e-12);
        dropout = nn.Dropout(0.1);
        layers = nn.ModuleList(Enumerable.Range(0, shape.Layers).Select(_ => new Layer(shape.Width, shape.Heads)).ToArray());
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

    public override Tensor forward(Tensor ids, Tensor attention)
    {
        var x = words.call(ids) + positions.call(arange(ids.shape[1])) + types.call(zeros_like(ids));
        x = dropout.call(ln.call(x));
        var mask = (1.0 - attention.unsqueeze(1).unsqueeze(1).to(ScalarType.Float32)) * -10000.0;
        foreach (var layer in layers) x = layer.call(x, mask);
        x = transformNorm.call(F.gelu(transform.call(x)).to(ScalarType.Float32));
        return F.linear(x, words.weight!, bias);
    }

    private sealed class Layer : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly int heads;
        private readonly Linear query, key, value, output, up, down;
        private readonly LayerNorm ln1, ln2;
        private readonly Dropout dropAttention, drop1, drop2;

        public Layer(int width, int heads) : base(nameof(Layer))
        {
            this.heads = heads;
            query = nn.Linear(width, width);
            key = nn.Linear(width, width);
            value = nn.Linear(width, width);
            output = nn.Linear(width, width);
            up = nn.Linear(width, 4 * width);
            down = nn.Linear(4 * width, width);
            ln1 = nn.LayerNorm(width, 1e-12);
            ln2 = nn.LayerNorm(width, 1e-12);
            dropAttention = nn.Dropout(0.1);
            drop1 = nn.Dropout(0.1);
            drop2 = nn.Dropout(0.1);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x, Tensor mask)
        {
            var (b, t, d) = (x.shape[0], x.shape[1], x.shape[2]);
            Tensor Split(Linear projection) => projection.call(x).view(b, t, heads, d / heads).transpose(1, 2);
            var (q, k, v) = (Split(query), Split(key), Split(value));
            var a = matmul(q, k.transpose(-1, -2)) / Math.Sqrt(d / heads) + mask;
            a = dropAttention.call(F.softmax(a, -1));
            var c = matmul(a, v).transpose(1, 2).reshape(b, t, d);
            x = ln1.call(x + drop1.call(output.call(c)));
            return ln2.call(x + drop2.call(down.call(F.gelu(up.call(x)))));
        }
    }
}

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PluginHost.Benchmarks.Plain;

/// <summary>A pre-LN decoder layer, its GELU by tanh. Axes: B batch, T time, D width, H heads, E = D / H.</summary>
internal sealed class GptLayer : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly int heads;
    private readonly bool fused;
    private readonly Linear joined, output, up, down;
    private readonly LayerNorm norm1, norm2;

    public GptLayer(int width, int heads, bool fused) : base(nameof(GptLayer))
    {
        (this.heads, this.fused) = (heads, fused);
        joined = nn.Linear(width, 3 * width, hasBias: false);
        output = nn.Linear(width, width, hasBias: false);
        up = nn.Linear(width, 4 * width, hasBias: false);
        down = nn.Linear(4 * width, width, hasBias: false);
        norm1 = nn.LayerNorm(width);
        norm2 = nn.LayerNorm(width);
        RegisterComponents();
    }

    /// <param name="x">B T D.</param>
    /// <param name="mask">T T, added to the scores.</param>
    public override Tensor forward(Tensor x, Tensor mask)
    {
        var (b, t, d) = (x.shape[0], x.shape[1], x.shape[2]);
        var parts = joined.call(norm1.call(x)).chunk(3, -1).Select(p => p.view(b, t, heads, d / heads).transpose(1, 2)).ToArray();
        var context = fused ? F.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: true)
            : matmul(F.softmax(matmul(parts[0], parts[1].transpose(-1, -2)) / Math.Sqrt(d / heads) + mask, -1), parts[2]);
        x = x + output.call(context.transpose(1, 2).reshape(b, t, d));
        return x + down.call(F.gelu(up.call(norm2.call(x)), GELU.Approximate.tanh));
    }

    /// <summary>The same for new tokens, whose keys and values are put behind those before.</summary>
    public Tensor Continue(Tensor x, Tensor mask, ref (Tensor Keys, Tensor Values)? past)
    {
        var (b, t, d) = (x.shape[0], x.shape[1], x.shape[2]);
        var parts = joined.call(norm1.call(x)).chunk(3, -1).Select(p => p.view(b, t, heads, d / heads).transpose(1, 2)).ToArray();
        var (keys, values) = past is { } p ? (cat([p.Keys, parts[1]], 2), cat([p.Values, parts[2]], 2)) : (parts[1], parts[2]);
        past?.Keys.Dispose();
        past?.Values.Dispose();
        past = (keys.DetachFromDisposeScope(), values.DetachFromDisposeScope());
        var context = matmul(F.softmax(matmul(parts[0], keys.transpose(-1, -2)) / Math.Sqrt(d / heads) + mask, -1), values);
        x = x + output.call(context.transpose(1, 2).reshape(b, t, d));
        return x + down.call(F.gelu(up.call(norm2.call(x)), GELU.Approximate.tanh));
    }
}

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PluginHost.Benchmarks.Plain;

/// <summary>A post-LN layer. Axes: B batch, T time, D width, H heads, E = D / H.</summary>
internal sealed class BertLayer : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly int heads;
    private readonly Linear query, key, value, output, up, down;
    private readonly LayerNorm norm1, norm2;
    private readonly Dropout dropAttention, drop1, drop2;

    private readonly bool fused;

    /// <param name="width">D.</param>
    /// <param name="heads">H.</param>
    /// <param name="fused">Whether attention is libtorch's own operator; without dropout.</param>
    public BertLayer(int width, int heads, bool fused = false) : base(nameof(BertLayer))
    {
        (this.heads, this.fused) = (heads, fused);
        query = nn.Linear(width, width);
        key = nn.Linear(width, width);
        value = nn.Linear(width, width);
        output = nn.Linear(width, width);
        up = nn.Linear(width, 4 * width);
        down = nn.Linear(4 * width, width);
        norm1 = nn.LayerNorm(width, 1e-12);
        norm2 = nn.LayerNorm(width, 1e-12);
        dropAttention = nn.Dropout(0.1);
        drop1 = nn.Dropout(0.1);
        drop2 = nn.Dropout(0.1);
        RegisterComponents();
    }

    /// <param name="x">B T D.</param>
    /// <param name="mask">B 1 1 T, added to the scores.</param>
    public override Tensor forward(Tensor x, Tensor mask)
    {
        var (b, t, d) = (x.shape[0], x.shape[1], x.shape[2]);
        Tensor Split(Linear projection) => projection.call(x).view(b, t, heads, d / heads).transpose(1, 2);
        var (q, k, v) = (Split(query), Split(key), Split(value));
        var context = (fused ? F.scaled_dot_product_attention(q, k, v, mask) : Written(q, k, v, mask)).transpose(1, 2).reshape(b, t, d);
        x = norm1.call(x + drop1.call(output.call(context)));
        return norm2.call(x + drop2.call(down.call(F.gelu(up.call(x)))));
    }

    private Tensor Written(Tensor q, Tensor k, Tensor v, Tensor mask)
    {
        var scores = matmul(q, k.transpose(-1, -2)) / Math.Sqrt(q.shape[^1]) + mask;
        return matmul(dropAttention.call(F.softmax(scores, -1)), v);
    }
}

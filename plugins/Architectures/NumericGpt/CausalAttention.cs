namespace PluginHost.Plugins.NumericGpt;

using PluginHost.Libs.Blocks.Attention;
using PluginHost.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

/// <summary>Causal multi-head self-attention with its output projection, without biases (Radford et al. 2019).</summary>
/// <remarks>
/// Fields are named as the published checkpoints name them. Axes: B samples, T tokens, S tokens attended to, D hidden size, H heads, K = D
/// / H.
/// </remarks>
internal sealed class CausalAttention : Module
{
    /// <summary>
    /// Queries in blocks of this many see no key after their block: half the work and memory of whole squares at long lengths.
    /// </summary>
    public const int Block = 256;

    private const long Step = 64;

    private readonly int heads;
    private readonly double dropout;
    private readonly Linear c_attn;
    private readonly Linear c_proj;

    public CausalAttention(NumericGptOptions options) : base("attn")
    {
        heads = options.AttentionHeads;
        dropout = options.Dropout;
        c_attn = Linear(options.Width, 3 * options.Width, hasBias: false);
        c_proj = Linear(options.Width, options.Width, hasBias: false);
        RegisterComponents();
    }

    /// <summary>Attends from every token to itself and the tokens before.</summary>
    /// <param name="input_BTD">Input.</param>
    /// <param name="mask_TT">See <see cref="CausalMask.Square"/>; null where the fused kernel needs none.</param>
    /// <param name="onShares">Is shown the probabilities "B H T T" before dropout, when given.</param>
    public Tensor Forward(Tensor input_BTD, Tensor? mask_TT, Action<Tensor>? onShares)
    {
        using var scope = NewDisposeScope();
        var (query_BHTK, key_BHTK, value_BHTK) = Project(input_BTD);
        var attended_BHTK = mask_TT is null
            ? functional.scaled_dot_product_attention(query_BHTK, key_BHTK, value_BHTK, p: training ? dropout : 0, is_casual: true)
            : Plain(query_BHTK, key_BHTK, value_BHTK, mask_TT, onShares);
        return Join(attended_BHTK).MoveToOuterDisposeScope();
    }

    /// <summary>Attends from new tokens to those a cache holds and to themselves; the cache takes them in.</summary>
    /// <param name="input_BTD">New tokens.</param>
    /// <param name="cache">This layer's.</param>
    /// <param name="mask">See <see cref="CausalMask.After"/>.</param>
    public Tensor Continue(Tensor input_BTD, KeyValueCache cache, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var (query_BHTK, newKey_BHTK, newValue_BHTK) = Project(input_BTD);
        var (key_BHSK, value_BHSK) = cache.Append(newKey_BHTK, newValue_BHTK);
        var attended_BHTK = query_BHTK.device_type == TorchSharp.DeviceType.CUDA
            ? functional.scaled_dot_product_attention(query_BHTK, key_BHSK, value_BHSK, mask?.to_type(query_BHTK.dtype))
            : query_BHTK.shape[2] == 1 ? Attend(query_BHTK * (1 / Math.Sqrt(query_BHTK.shape[3])), key_BHSK, value_BHSK, mask, null)
            : InSteps(query_BHTK, key_BHSK, value_BHSK, mask!);
        return Join(attended_BHTK).MoveToOuterDisposeScope();
    }

    /// <summary>Many new tokens, some at a time, by libtorch's kernel, none of them with keys that lie behind them all.</summary>
    private static Tensor InSteps(Tensor query_BHTK, Tensor key_BHSK, Tensor value_BHSK, Tensor mask)
    {
        var (count, before) = (query_BHTK.shape[2], key_BHSK.shape[2] - query_BHTK.shape[2]);
        var parts = new List<Tensor>();
        for (var start = 0L; start < count; start += Step)
        {
            var length = Math.Min(Step, count - start);
            var seen = before + start + length;
            parts.Add(functional.scaled_dot_product_attention(query_BHTK.narrow(2, start, length), key_BHSK.narrow(2, 0, seen),
                value_BHSK.narrow(2, 0, seen), mask.narrow(-2, start, length).narrow(-1, 0, seen).to_type(query_BHTK.dtype)));
        }
        return parts.Count == 1 ? parts[0] : cat(parts, 2);
    }

    private (Tensor Query, Tensor Key, Tensor Value) Project(Tensor input_BTD)
    {
        var parts = c_attn.call(input_BTD).chunk(3, 2);
        return (Split(parts[0]), Split(parts[1]), Split(parts[2]));
    }

    private Tensor Plain(Tensor query_BHTK, Tensor key_BHTK, Tensor value_BHTK, Tensor mask_TT, Action<Tensor>? onShares)
    {
        // Scaling the queries instead of the scores touches K numbers a token instead of T.
        var scaled_BHTK = query_BHTK * (1 / Math.Sqrt(query_BHTK.shape[3]));
        var length = query_BHTK.shape[2];
        if (length <= Block || onShares is not null) return Attend(scaled_BHTK, key_BHTK, value_BHTK, mask_TT, onShares);
        var blocks = new List<Tensor>();
        for (var start = 0L; start < length; start += Block)
        {
            var end = Math.Min(start + Block, length);
            blocks.Add(Attend(
                scaled_BHTK.narrow(2, start, end - start), key_BHTK.narrow(2, 0, end), value_BHTK.narrow(2, 0, end),
                mask_TT.narrow(0, start, end - start).narrow(1, 0, end), null));
        }
        return cat(blocks, 2);
    }

    private Tensor Attend(Tensor scaled_BHTK, Tensor key_BHSK, Tensor value_BHSK, Tensor? mask, Action<Tensor>? onShares)
    {
        var scores_BHTS = scaled_BHTK.matmul(key_BHSK.transpose(2, 3));
        if (mask is not null) scores_BHTS = scores_BHTS + mask;
        var shares_BHTS = scores_BHTS.softmax(-1);
        onShares?.Invoke(shares_BHTS);
        return Extras.dropout(shares_BHTS, dropout, training).matmul(value_BHSK.to_type(shares_BHTS.dtype));
    }

    private Tensor Split(Tensor joined_BTD) => joined_BTD.unflatten(2, [heads, -1]).transpose(1, 2);

    private Tensor Join(Tensor attended_BHTK) =>
        Extras.dropout(c_proj.call(attended_BHTK.transpose(1, 2).flatten(2, 3)), dropout, training);
}

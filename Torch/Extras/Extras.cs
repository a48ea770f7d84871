using TorchSharp;
using static TorchSharp.torch;
#if !TORCHSHARP
using PluginHost.Torch.Interop;
#endif

namespace PluginHost.Torch;

/// <summary>Functions that TorchSharp does not have.</summary>
public static class Extras
{
    /// <summary>Counter-based dropout; see <see cref="FastDropout"/>.</summary>
    /// <param name="input">Any shape; float32, float64 or bfloat16.</param>
    /// <param name="p">The probability of dropping an element: 0 to 1.</param>
    /// <param name="training">Without it the result is a handle on the input.</param>
    /// <param name="seed">The mask's seed; drawn from the default generator when null.</param>
    public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, long? seed = null)
    {
        if (!training || p == 0) return input.alias();
#if TORCHSHARP
        return nn.functional.dropout(input, p, training);
#else
        return seed is { } chosen && nn.functional.HasSeededDropout(input)
            ? nn.functional.SeededDropout(input, p, chosen)
            : nn.functional.dropout(input, p, training);
#endif
    }

    /// <summary>GELU with the tanh of Hendrycks and Gimpel 2016, section 2, as GPT-2 has it, in place of the error function.</summary>
    /// <param name="input">Any shape.</param>
    public static Tensor gelu_tanh(Tensor input)
    {
#if TORCHSHARP
        using var scope = NewDisposeScope();
        var inner = (input + 0.044715 * input.pow(3)) * Math.Sqrt(2 / Math.PI);
        return (0.5 * input * (1 + inner.tanh())).MoveToOuterDisposeScope();
#else
        return Ops.gelu.Call(input, "tanh");
#endif
    }

    /// <summary>
    /// The sum of the cross entropies of the positions whose target is not ignore_index, and their count: what exact
    /// gradient accumulation needs.
    /// </summary>
    /// <param name="logits">Axes: ..., C.</param>
    /// <param name="targets">Class indices. Axes: ...</param>
    /// <param name="ignore_index">The target of positions that do not count.</param>
    /// <returns>The sum (no axes, differentiable) and the count (no axes, Int64), both on the device.</returns>
    public static (Tensor Sum, Tensor Count) masked_cross_entropy(Tensor logits, Tensor targets, long ignore_index = -100,
        double label_smoothing = 0.0)
    {
        using var scope = NewDisposeScope();
        var flat = logits.reshape(-1, logits.shape[^1]);
        var sum = nn.functional.cross_entropy(flat, targets.reshape(-1), ignore_index: ignore_index,
            reduction: nn.Reduction.Sum, label_smoothing: label_smoothing);
        var count = targets.ne(ignore_index).sum();
        return scope.MoveToOuter(sum, count);
    }

    /// <summary>
    /// softmax(query keyᵀ + mask) value, in memory linear in the number of queries and of keys: scores are computed for some
    /// queries at a time, and again in the backward pass instead of being kept. Scores and softmax are in float32.
    /// </summary>
    /// <param name="query">Already scaled. Axes: ..., U, E.</param>
    /// <param name="key">Axes: ..., T, E.</param>
    /// <param name="value">Axes: ..., T, F.</param>
    /// <param name="mask">Added to the scores, the same for all queries; float32, without gradient. Axes: ..., 1, T.</param>
    /// <param name="p">Probability of dropping a softmax share; on devices other than the CPU the scores are then kept.</param>
    /// <returns>Axes: ..., U, F.</returns>
    public static Tensor attention(Tensor query, Tensor key, Tensor value, Tensor? mask = null, double p = 0.0)
    {
#if !TORCHSHARP
        if (p == 0 || query.device_type == DeviceType.CPU)
            return Ops.pluginhost_attention.Call(query, key, value, mask, p, p > 0 ? (long)(Native.ts_random64() >> 1) : 0L);
#endif
        using var scope = NewDisposeScope();
        var scores = query.matmul(key.transpose(-2, -1)).to(ScalarType.Float32);
        if (mask is not null) scores = scores + mask;
        return nn.functional.dropout(scores.softmax(-1), p).to(value.dtype).matmul(value).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Self-attention of sequences that lie one after another without padding, on the CPU and without gradients. Each head of each sequence is
    /// a task of one core, whose scores stay in its cache; the bits do not depend on the number of threads.
    /// </summary>
    /// <param name="query">Not scaled. Axes: N tokens, H heads times K.</param>
    /// <param name="key">Axes: as query.</param>
    /// <param name="value">Axes: as query.</param>
    /// <param name="lengths">Tokens of each sequence, 0 or more; their sum is N.</param>
    /// <param name="heads">Heads H.</param>
    /// <param name="bias">Added to the scores of a sequence of L tokens from its beginning: the first L rows and columns. Axes: H, at least the longest L twice.</param>
    /// <returns>Axes: N, H times K.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, tensors are elsewhere, or gradients are recorded.</exception>
    public static Tensor varlen_attention(Tensor query, Tensor key, Tensor value, long[] lengths, int heads, Tensor? bias = null)
    {
#if TORCHSHARP
        using var scope = NewDisposeScope();
        var scaled = query * (1 / Math.Sqrt(query.shape[1] / heads));
        var parts = new List<Tensor>();
        var start = 0L;
        foreach (var length in lengths)
        {
            Tensor Heads(Tensor x) => x.narrow(0, start, length).unflatten(1, [heads, -1]).transpose(0, 1);
            var scores = Heads(scaled).matmul(Heads(key).transpose(1, 2));
            if (bias is not null) scores = scores + bias.narrow(1, 0, length).narrow(2, 0, length);
            parts.Add(scores.softmax(-1).matmul(Heads(value)).transpose(0, 1).flatten(1, 2));
            start += length;
        }
        return cat(parts).MoveToOuterDisposeScope();
#else
        return Ops.pluginhost_varlen_attention.Call(query, key, value, lengths, heads, bias);
#endif
    }
}

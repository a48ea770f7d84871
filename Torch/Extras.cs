using TorchSharp;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>Functions that TorchSharp does not have.</summary>
public static class Extras
{
    /// <summary>
    /// Dropout whose mask is a hash of a seed and of each element's place: made in parallel, the same whatever the thread count, and
    /// computed again in the backward pass instead of being stored. On devices other than the CPU it is the library's own dropout,
    /// unless a seed is given.
    /// </summary>
    /// <param name="input">Any shape and floating-point type.</param>
    /// <param name="p">The probability of dropping an element: 0 to 1.</param>
    /// <param name="training">Without it the result is a handle on the input.</param>
    /// <param name="seed">The mask's seed; drawn from the default generator when null.</param>
    public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, long? seed = null)
    {
        if (p is < 0 or > 1 or double.NaN) throw new ArgumentOutOfRangeException(nameof(p), p, "a dropout probability is from 0 to 1");
        if (!training || p == 0) return input.alias();
        if (seed is null && input.device_type != DeviceType.CPU) return nn.functional.dropout(input, p);
        return CounterDropout.apply(input, p, seed is { } chosen ? (ulong)chosen : RandomState.Draw());
    }

    /// <summary>residual + dropout(input), the end of a residual block: in one pass on the CPU. See <see cref="dropout"/>.</summary>
    /// <param name="input">Any shape; in mixed precision of the shorter type.</param>
    /// <param name="residual">Of the same shape; float32 for the one pass.</param>
    /// <param name="p">The probability of dropping an element of the input: 0 to 1.</param>
    /// <param name="training">Without it nothing is dropped.</param>
    /// <param name="seed">The mask's seed; drawn from the default generator when null.</param>
    public static Tensor dropout_add(Tensor input, Tensor residual, double p = 0.5, bool training = true, long? seed = null)
    {
        if (training && p is > 0 and < 1 && DropoutAdd.Fits(input, residual))
            return DropoutAdd.apply(input, residual, p, seed is { } chosen ? (ulong)chosen : RandomState.Draw());
        using var scope = NewDisposeScope();
        return (dropout(input, p, training, seed) + residual).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The sum, in float32, of the cross entropies of the positions whose target is not ignore_index: what exact gradient accumulation
    /// divides by the positions of all micro-batches together.
    /// </summary>
    /// <param name="logits">Axes: ..., C.</param>
    /// <param name="targets">Class indices, Int64. Axes: ...</param>
    /// <param name="ignore_index">The target of positions that do not count.</param>
    /// <param name="weight">A factor for each class; null for none. Axes: C.</param>
    /// <param name="label_smoothing">The share of each target spread over all classes: 0 to 1.</param>
    /// <returns>No axes; differentiable.</returns>
    public static Tensor masked_cross_entropy(
        Tensor logits, Tensor targets, long ignore_index = -100, Tensor? weight = null, double label_smoothing = 0.0)
    {
        using var scope = NewDisposeScope();
        var rows = logits.to_type(ScalarType.Float32).reshape(-1, logits.shape[^1]);
        return nn.functional.cross_entropy(rows, targets.reshape(-1), weight, ignore_index, nn.Reduction.Sum, label_smoothing)
            .MoveToOuterDisposeScope();
    }

    /// <summary>
    /// softmax(scale query keyᵀ + mask) value. Where nothing is dropped, libtorch's own kernel, which never has all scores in memory;
    /// with dropout on the CPU, single operators, or, where there are many scores, a few queries at a time, their scores computed again
    /// in the backward pass.
    /// </summary>
    /// <param name="query">Axes: ..., U, E.</param>
    /// <param name="key">Axes: ..., T, E.</param>
    /// <param name="value">Axes: ..., T, F.</param>
    /// <param name="mask">Added to the scores; without gradient. Axes: those of the scores, or 1 in their place.</param>
    /// <param name="p">Probability of dropping a softmax share.</param>
    /// <param name="scale">What products of queries and keys are multiplied with; null for 1/√E.</param>
    /// <returns>Axes: ..., U, F.</returns>
    public static Tensor attention(Tensor query, Tensor key, Tensor value, Tensor? mask = null, double p = 0.0, double? scale = null)
    {
        var usual = 1 / Math.Sqrt(query.shape[^1]);
        if (p > 0 && query.device_type == DeviceType.CPU)
            return DroppedAttention.IsLarge(query, key)
                ? DroppedAttention.Apply(query, key, value, mask, p, scale ?? usual)
                : DroppedAttention.Plain(query, key, value, mask, p, scale ?? usual);
        using var scope = NewDisposeScope();
        // TorchSharp's function has no scale of its own.
        if (scale is { } other) query = query * (other / usual);
        return nn.functional.scaled_dot_product_attention(query, key, value, mask?.to_type(query.dtype), p).MoveToOuterDisposeScope();
    }

    /// <summary>Self-attention of sequences that lie one after another without padding; see <see cref="VarlenAttention"/>.</summary>
    /// <param name="query">Not scaled. Axes: N tokens, H heads times K.</param>
    /// <param name="key">Axes: as query.</param>
    /// <param name="value">Axes: as query.</param>
    /// <param name="lengths">Tokens of each sequence, 0 or more; their sum is N.</param>
    /// <param name="heads">Heads H.</param>
    /// <param name="bias">
    /// Added to the scores of a sequence of L tokens: the first L rows and columns. Axes: H, at least the longest L twice.
    /// </param>
    /// <returns>Axes: N, H times K.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static Tensor varlen_attention(Tensor query, Tensor key, Tensor value, long[] lengths, int heads, Tensor? bias = null) =>
        VarlenAttention.Of(query, key, value, lengths, heads, bias);
}

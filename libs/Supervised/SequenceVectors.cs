namespace PluginHost.Libs.Supervised;

using static TorchSharp.torch;

/// <summary>Means of hidden states over a sequence's tokens and over its parts, and their greatest values.</summary>
/// <remarks>Axes: B samples, T tokens, D hidden size, P parts.</remarks>
public static class SequenceVectors
{
    /// <summary>Mean over all tokens: "B D".</summary>
    /// <param name="hidden_BTD">Hidden states.</param>
    /// <param name="counted_BT">True on tokens that count.</param>
    public static Tensor Whole(Tensor hidden_BTD, Tensor counted_BT)
    {
        using var scope = NewDisposeScope();
        var weight_BT1 = counted_BT.to_type(hidden_BTD.dtype).unsqueeze(2);
        return ((hidden_BTD * weight_BT1).sum(1) / weight_BT1.sum(1).clamp_min(1)).MoveToOuterDisposeScope();
    }

    /// <summary>The greatest of each state over all tokens, zero where none counts: "B D".</summary>
    /// <inheritdoc cref="Whole"/>
    public static Tensor Greatest(Tensor hidden_BTD, Tensor counted_BT)
    {
        using var scope = NewDisposeScope();
        var greatest_BD = hidden_BTD.masked_fill(counted_BT.logical_not().unsqueeze(2), double.NegativeInfinity).amax([1L]);
        return greatest_BD.masked_fill(counted_BT.any(1, keepdim: true).logical_not(), 0).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Means over each of so many parts, side by side: "B P*D". The i-th of n tokens is in part i * P / n, rounded down, whatever n is; a
    /// part without tokens is zero.
    /// </summary>
    /// <inheritdoc cref="Whole"/>
    public static Tensor OfParts(Tensor hidden_BTD, Tensor counted_BT, int parts)
    {
        using var scope = NewDisposeScope();
        var count_B1 = counted_BT.sum(1, keepdim: true);
        var index_BT = (counted_BT.cumsum(1) - 1) * parts / count_B1.clamp_min(1);
        var part_BT = index_BT.floor().to_type(ScalarType.Int64);
        var parts_P1 = arange(parts, ScalarType.Int64, hidden_BTD.device).unsqueeze(1);
        var weight_BPT = part_BT.unsqueeze(1).eq(parts_P1).logical_and(counted_BT.unsqueeze(1)).to_type(hidden_BTD.dtype);
        weight_BPT = weight_BPT / weight_BPT.sum(2, keepdim: true).clamp_min(1);
        return weight_BPT.matmul(hidden_BTD).flatten(1).MoveToOuterDisposeScope();
    }
}

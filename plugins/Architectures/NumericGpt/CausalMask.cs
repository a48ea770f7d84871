namespace PluginHost.Plugins.NumericGpt;

using static TorchSharp.torch;

/// <summary>What keeps attention off later tokens and padding, made once a forward pass and shared by all layers and heads.</summary>
internal static class CausalMask
{
    // Finite, so that a row of padding alone has finite, unread outputs instead of NaN.
    private const float Never = -1e9f;

    /// <summary>"T T", added to scores: 0 up to the diagonal. Padding on the right needs no more: no real token comes after it.</summary>
    public static Tensor Square(long length, Device device)
    {
        using var row_T = arange(length, device: device);
        using var later_TT = row_T.unsqueeze(0).gt(row_T.unsqueeze(1));
        return later_TT.to_type(ScalarType.Float32).mul_(Never);
    }

    /// <summary>"B 1 T S" or "T S", added to scores of T new tokens over S = past + T columns.</summary>
    /// <param name="past">Columns before the new ones.</param>
    /// <param name="length">New columns T.</param>
    /// <param name="real_BS">Which of all columns are no padding; null when all are.</param>
    /// <param name="device">Where.</param>
    public static Tensor? After(long past, long length, Tensor? real_BS, Device device)
    {
        if (length == 1 && real_BS is null) return null;
        using var scope = NewDisposeScope();
        var column_S = arange(past + length, device: device);
        var row_T = arange(past, past + length, device: device);
        var hidden = column_S.unsqueeze(0).gt(row_T.unsqueeze(1));
        if (real_BS is not null) hidden = hidden.logical_or(real_BS.logical_not().unsqueeze(1).unsqueeze(2));
        return hidden.to_type(ScalarType.Float32).mul_(Never).MoveToOuterDisposeScope();
    }
}

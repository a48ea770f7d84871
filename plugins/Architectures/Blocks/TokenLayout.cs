namespace PluginHost.Plugins.Blocks;

using static TorchSharp.torch;

/// <summary>
/// How one batch's tokens lie while the layers run, and what is added to its attention scores. Padded: rows of equal
/// length, "B T D". Unpadded: the N real tokens one after another, "N D", and rows only where attention needs them.
/// </summary>
public sealed class TokenLayout : IDisposable
{
    private readonly long rows;
    private readonly long length;
    private readonly Tensor? places_N;

    private TokenLayout(long rows, long length, Tensor? places_N, Tensor? bias)
    {
        this.rows = rows;
        this.length = length;
        this.places_N = places_N;
        Bias = bias;
    }

    /// <summary>Added to attention scores "B H T T", to which it broadcasts; null for none.</summary>
    public Tensor? Bias { get; }

    /// <summary>The layout of a batch.</summary>
    /// <param name="batch">Its <see cref="Keys.AttentionMask"/> says which tokens are real.</param>
    /// <param name="bias_1HTT">Added to scores beside the mask, for example <see cref="Alibi.Bias"/>; owned by the layout from here on.</param>
    /// <param name="unpadded">Drop padding outside attention. A batch that has none is laid out as it is.</param>
    public static TokenLayout Of(Batch batch, Tensor? bias_1HTT, bool unpadded)
    {
        var mask_BT = batch[Keys.AttentionMask];
        var mask_B11T = AttentionMask.Additive(batch);
        return new(mask_BT.shape[0], mask_BT.shape[1], unpadded && mask_B11T is not null ? Places(mask_BT) : null, Sum(mask_B11T, bias_1HTT));
    }

    /// <summary>The layout of anything that has a mask.</summary>
    /// <param name="mask_BT">True where something is.</param>
    /// <param name="bias">Added to attention scores; owned by the layout from here on.</param>
    /// <param name="unpadded">Drop padding outside attention.</param>
    public static TokenLayout Of(Tensor mask_BT, Tensor? bias, bool unpadded) =>
        new(mask_BT.shape[0], mask_BT.shape[1], unpadded ? Places(mask_BT) : null, bias);

    /// <summary>Padded rows "B T X" as the layers take them: the same, or their real tokens "N X". A new handle either way.</summary>
    public Tensor FromRows(Tensor rows_BTX)
    {
        if (places_N is null) return rows_BTX.alias();
        using var flat_X = rows_BTX.flatten(0, 1);
        return flat_X.index_select(0, places_N);
    }

    /// <summary>The inverse of <see cref="FromRows"/>; padding is zero.</summary>
    public Tensor ToRows(Tensor tokens)
    {
        if (places_N is null) return tokens.alias();
        using var scope = NewDisposeScope();
        var width = tokens.shape[1];
        return zeros([rows * length, width], tokens.dtype, tokens.device)
            .index_copy(0, places_N, tokens).view(rows, length, width).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Bias?.Dispose();
        places_N?.Dispose();
    }

    private static Tensor Places(Tensor mask_BT)
    {
        using var scope = NewDisposeScope();
        return mask_BT.flatten().nonzero().squeeze(1).MoveToOuterDisposeScope();
    }

    private static Tensor? Sum(Tensor? mask_B11T, Tensor? bias_1HTT)
    {
        if (mask_B11T is null || bias_1HTT is null) return mask_B11T ?? bias_1HTT;
        using (mask_B11T)
        using (bias_1HTT) return bias_1HTT + mask_B11T;
    }
}

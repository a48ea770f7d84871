using PluginHost.Libs.Blocks.Positions;

namespace PluginHost.Libs.Blocks.Attention;

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
    private readonly Tensor? mask_B11T;
    private Tensor? sum;

    private TokenLayout(Tensor mask_BT, Tensor? mask_B11T, Tensor? bias_1HTT, bool unpadded)
    {
        (rows, length) = (mask_BT.shape[0], mask_BT.shape[1]);
        this.mask_B11T = mask_B11T;
        OwnBias = bias_1HTT;
        var isFull = mask_B11T is null;
        if (unpadded && !isFull) places_N = Places(mask_BT);
        if (mask_BT.device_type == TorchSharp.DeviceType.CPU) Lengths = isFull ? [.. Enumerable.Repeat(length, (int)rows)] : unpadded
            ? Counts(mask_BT) : null;
    }

    /// <summary>Added to attention scores "B H T T" of padded rows, to which it broadcasts; null for none.</summary>
    public Tensor? Bias => sum ??= Sum(mask_B11T, OwnBias)?.DetachFromDisposeScope();

    /// <summary>The same of each row's first token, "B H 1 T"; null for none. The caller's.</summary>
    public Tensor? FirstBias
    {
        get
        {
            using var first_1H1T = OwnBias?.narrow(2, 0, 1);
            return Sum(mask_B11T, first_1H1T);
        }
    }

    /// <summary>What of <see cref="Bias"/> is not the mask's; null for none.</summary>
    public Tensor? OwnBias { get; }

    /// <summary>
    /// Real tokens of each row, where all tokens that the layers see are real and each row's come first; null otherwise, and elsewhere than
    /// on the CPU.
    /// </summary>
    public long[]? Lengths { get; }

    /// <summary>The layout of a batch.</summary>
    /// <param name="batch">Its <see cref="Keys.AttentionMask"/> says which tokens are real.</param>
    /// <param name="bias_1HTT">
    /// Added to scores beside the mask, for example <see cref="Alibi.Bias"/>; owned by the layout from here on.
    /// </param>
    /// <param name="unpadded">Drop padding outside attention. A batch that has none is laid out as it is.</param>
    public static TokenLayout Of(Batch batch, Tensor? bias_1HTT, bool unpadded) =>
        new(batch[Keys.AttentionMask], AttentionMask.Additive(batch), bias_1HTT, unpadded);

    /// <summary>The layout of anything that has a mask.</summary>
    /// <param name="mask_BT">True where something is.</param>
    /// <param name="unpadded">Drop padding outside attention.</param>
    /// <param name="bias_1HTT">Added to scores beside the mask, if anything; owned by the layout from here on.</param>
    public static TokenLayout Of(Tensor mask_BT, bool unpadded, Tensor? bias_1HTT = null) =>
        new(mask_BT, AttentionMask.Additive(mask_BT), bias_1HTT, unpadded);

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

    /// <summary>The first token of each row: "B X". A new handle.</summary>
    public Tensor First(Tensor tokens)
    {
        using var rows_BTX = ToRows(tokens);
        using var first_BX = rows_BTX.select(1, 0);
        return first_BX.contiguous();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        OwnBias?.Dispose();
        mask_B11T?.Dispose();
        sum?.Dispose();
        places_N?.Dispose();
    }

    private static Tensor Places(Tensor mask_BT)
    {
        using var scope = NewDisposeScope();
        return mask_BT.flatten().nonzero().squeeze(1).MoveToOuterDisposeScope();
    }

    private static long[]? Counts(Tensor mask_BT)
    {
        using var scope = NewDisposeScope();
        var counts_B = mask_BT.sum(1);
        var first_BT = arange(mask_BT.shape[1]).unsqueeze(0).less(counts_B.unsqueeze(1));
        return first_BT.eq(mask_BT).all().item<bool>() ? counts_B.data<long>().ToArray() : null;
    }

    private static Tensor? Sum(Tensor? mask_B11T, Tensor? bias_1HTT) =>
        mask_B11T is null || bias_1HTT is null ? (mask_B11T ?? bias_1HTT)?.alias() : bias_1HTT + mask_B11T;
}

namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using static TorchSharp.torch;

/// <summary>
/// What the self-attentions of a stack share in one forward pass: tiles, masks and position biases, made once for each radius.
/// </summary>
/// <remarks>Axes: B samples, H heads, T tokens, G blocks, N tiles, W queries of a tile, K keys of a tile, O offsets.</remarks>
internal sealed class AttentionPlan
{
    private readonly Dictionary<int, Window> windows = [];
    private readonly Seq2SeqShape shape;
    private readonly PositionBias positions;
    private readonly Tensor? mask_BT;
    private readonly int length;
    private readonly bool causal;

    /// <summary>Makes what every layer needs. The tensors belong to the dispose scope this is called in.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="positions">The stack's tables.</param>
    /// <param name="radii">Window of each layer; <see cref="int.MaxValue"/> for no limit.</param>
    /// <param name="mask_BT">See <see cref="Masks.OfInput"/>.</param>
    /// <param name="length">T.</param>
    /// <param name="causal">Whether no token attends to a later one.</param>
    /// <param name="blocks">The global blocks, if any.</param>
    /// <param name="whole">Whether to compute all scores in one tile, so that they can be shown.</param>
    public AttentionPlan(
        Seq2SeqShape shape, PositionBias positions, IEnumerable<int> radii, Tensor? mask_BT, int length, bool causal, GlobalBlocks? blocks,
            bool whole)
    {
        this.shape = shape;
        this.positions = positions;
        this.mask_BT = mask_BT;
        this.length = length;
        this.causal = causal;
        Blocks = blocks;
        foreach (var radius in radii.Select(Reach).Distinct())
            windows[radius] = Make(whole ? Tiling.Whole(length) : Tiling.For(length, radius, causal), radius);
    }

    /// <summary>The global blocks, if any.</summary>
    public GlobalBlocks? Blocks { get; }

    /// <summary>The tiles of windows of a radius.</summary>
    public Window For(int radius) => windows[Reach(radius)];

    private int Reach(int radius) => Math.Min(radius, length);

    private Window Make(Tiling tiling, int radius)
    {
        using var scope = NewDisposeScope();
        var local_HWK = positions.Local(shape, tiling, radius, causal);
        // Beyond the ends are no keys; a single tile has no ends.
        Tensor? keys_B1N1K = null;
        if (mask_BT is not null || tiling.Tiles > 1)
        {
            var open_BT = mask_BT ?? zeros([1, length], device: positions.Device);
            keys_B1N1K = tiling.CutKeys(open_BT.unsqueeze(1).unsqueeze(3), Masks.Hidden).transpose(3, 4).MoveToOuterDisposeScope();
        }
        var global_BHNWG = Blocks is null ? null : positions.Global(shape, Blocks, tiling.Padded)
            .unflatten(2, [tiling.Tiles, tiling.Queries]).MoveToOuterDisposeScope();
        return new(tiling, local_HWK.unsqueeze(1).unsqueeze(0).MoveToOuterDisposeScope(), keys_B1N1K, global_BHNWG);
    }

    /// <summary>Tiles with what is added to their scores.</summary>
    /// <param name="Tiling">How queries and keys are cut.</param>
    /// <param name="Local_1H1WK">Position bias, and <see cref="Masks.Hidden"/> outside the window.</param>
    /// <param name="Keys_B1N1K"><see cref="Masks.Hidden"/> on padding and beyond the ends; null when there is neither.</param>
    /// <param name="Global_BHNWG">Position bias towards blocks, and <see cref="Masks.Hidden"/> on those not to be seen.</param>
    internal sealed record Window(Tiling Tiling, Tensor Local_1H1WK, Tensor? Keys_B1N1K, Tensor? Global_BHNWG);
}

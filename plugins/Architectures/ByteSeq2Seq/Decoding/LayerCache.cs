using PluginHost.Libs.Blocks.Attention;

namespace PluginHost.Plugins.ByteSeq2Seq.Decoding;

using static TorchSharp.torch;

/// <summary>
/// What one decoder layer keeps of the tokens before. Axes: B sequences, H heads, E head width, G blocks, D hidden size.
/// </summary>
internal sealed class LayerCache : IDisposable
{
    /// <summary>Keys and values of the tokens a window still reaches.</summary>
    public KeyValueCache Tokens { get; private init; } = new();

    /// <summary>Sum of the normalised tokens of each block so far, "B G D".</summary>
    public Tensor? BlockSums { get; private set; }

    /// <summary>Keys of global tokens "B H G E", of the blocks that were over when they were last made.</summary>
    public Tensor? BlockKeys { get; private set; }

    /// <summary>Their values.</summary>
    public Tensor? BlockValues { get; private set; }

    /// <summary>Adds to the sums of blocks, of which there may be more than before.</summary>
    public void AddToBlocks(Tensor sums_BGD)
    {
        if (BlockSums is { } before)
        {
            var more = sums_BGD.shape[1] - before.shape[1];
            sums_BGD = sums_BGD + (more == 0 ? before : nn.functional.pad(before, [0, 0, 0, more]));
        }
        BlockSums = Own(BlockSums, sums_BGD);
    }

    /// <summary>Keeps the keys and values of blocks that are over.</summary>
    public void KeepBlocks(Tensor keys_BHGE, Tensor values_BHGE) =>
        (BlockKeys, BlockValues) = (Own(BlockKeys, keys_BHGE), Own(BlockValues, values_BHGE));

    /// <summary>Goes on with other rows.</summary>
    public void Reorder(RowOrder order)
    {
        Tensor? Take(Tensor? tensor) => tensor is null ? null : Own(tensor, order.Take(tensor));
        Tokens.Reorder(order);
        (BlockSums, BlockKeys, BlockValues) = (Take(BlockSums), Take(BlockKeys), Take(BlockValues));
    }

    /// <summary>A cache of its own with other rows.</summary>
    public LayerCache Branch(Tensor rows_N)
    {
        Tensor? Take(Tensor? tensor) => tensor?.index_select(0, rows_N).DetachFromDisposeScope();
        return new()
        {
            Tokens = Tokens.Branch(rows_N), BlockSums = Take(BlockSums), BlockKeys = Take(BlockKeys), BlockValues = Take(BlockValues),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tokens.Dispose();
        foreach (var tensor in new[] { BlockSums, BlockKeys, BlockValues }) tensor?.Dispose();
    }

    // A copy of its own, so that neither a scope nor a larger tensor it is a view of decides how long memory is held.
    private static Tensor Own(Tensor? before, Tensor next)
    {
        var owned = next.clone().DetachFromDisposeScope();
        before?.Dispose();
        return owned;
    }
}

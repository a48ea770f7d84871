namespace PluginHost.Plugins.ByteSeq2Seq.Decoding;

using static TorchSharp.torch;

/// <summary>
/// What one decoder layer keeps of the tokens before. Axes: B sequences, H heads, S kept tokens, T encoder tokens, E head width, G blocks,
/// D hidden size.
/// </summary>
internal sealed class LayerCache : IDisposable
{
    /// <summary>Keys of the tokens a window still reaches, "B H S E".</summary>
    public Tensor? Keys { get; private set; }

    /// <summary>Their values.</summary>
    public Tensor? Values { get; private set; }

    /// <summary>Sum of the normalised tokens of each block so far, "B G D".</summary>
    public Tensor? BlockSums { get; private set; }

    /// <summary>Keys of global tokens "B H G E", of the blocks that were over when they were last made.</summary>
    public Tensor? BlockKeys { get; private set; }

    /// <summary>Their values.</summary>
    public Tensor? BlockValues { get; private set; }

    /// <summary>Cross-attention's keys, "B H T E".</summary>
    public Tensor? CrossKeys { get; private set; }

    /// <summary>Cross-attention's values.</summary>
    public Tensor? CrossValues { get; private set; }

    /// <summary>Keeps the encoder's keys and values.</summary>
    public void Remember((Tensor Keys, Tensor Values) cross) =>
        (CrossKeys, CrossValues) = (Own(CrossKeys, cross.Keys), Own(CrossValues, cross.Values));

    /// <summary>Adds tokens' keys and values behind those kept; only the last <paramref name="most"/> stay for the next piece.</summary>
    /// <returns>Kept and new ones, for this piece.</returns>
    public (Tensor Keys, Tensor Values) Append(Tensor keys_BHNE, Tensor values_BHNE, long most)
    {
        var (keys, values) = Keys is null ? (keys_BHNE, values_BHNE) : (cat([Keys, keys_BHNE], 2), cat([Values!, values_BHNE], 2));
        Tensor Last(Tensor all) => all.shape[2] <= most ? all : all.narrow(2, all.shape[2] - most, most);
        (Keys, Values) = (Own(Keys, Last(keys)), Own(Values, Last(values)));
        return (keys, values);
    }

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
    public void Reorder(Tensor rows_N)
    {
        Tensor? Take(Tensor? tensor) => tensor is null ? null : Own(tensor, tensor.index_select(0, rows_N));
        (Keys, Values, BlockSums) = (Take(Keys), Take(Values), Take(BlockSums));
        (BlockKeys, BlockValues) = (Take(BlockKeys), Take(BlockValues));
        (CrossKeys, CrossValues) = (Take(CrossKeys), Take(CrossValues));
    }

    /// <summary>A cache of its own with other rows.</summary>
    public LayerCache Branch(Tensor rows_N)
    {
        Tensor? Take(Tensor? tensor) => tensor?.index_select(0, rows_N).DetachFromDisposeScope();
        return new()
        {
            Keys = Take(Keys), Values = Take(Values), BlockSums = Take(BlockSums), BlockKeys = Take(BlockKeys),
            BlockValues = Take(BlockValues), CrossKeys = Take(CrossKeys), CrossValues = Take(CrossValues),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in new[] { Keys, Values, BlockSums, BlockKeys, BlockValues, CrossKeys, CrossValues }) tensor?.Dispose();
    }

    // A copy of its own, so that neither a scope nor a larger tensor it is a view of decides how long memory is held.
    private static Tensor Own(Tensor? before, Tensor next)
    {
        var owned = next.clone().DetachFromDisposeScope();
        before?.Dispose();
        return owned;
    }
}

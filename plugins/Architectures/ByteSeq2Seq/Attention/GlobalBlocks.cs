namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using static TorchSharp.torch;

/// <summary>
/// The blocks a sequence is divided into, and which of them each token sees (Malusare et al. 2024, "Global attention"; the
/// construction is LongT5's transient global, Guo et al. 2022). Axes: B samples, T tokens, G blocks, D hidden size.
/// </summary>
internal sealed class GlobalBlocks
{
    private readonly int perBlock;
    private readonly Tensor? members_BGT;

    private GlobalBlocks(int count, Tensor block_BT, Tensor? hidden_BG, bool causal, Tensor? members_BGT, int perBlock)
    {
        Count = count;
        Block_BT = block_BT;
        Hidden_BG = hidden_BG;
        Causal = causal;
        this.members_BGT = members_BGT;
        this.perBlock = perBlock;
    }

    /// <summary>G.</summary>
    public int Count { get; }

    /// <summary>The block each token is in; one row when it is the same for all samples.</summary>
    public Tensor Block_BT { get; }

    /// <summary><see cref="Masks.Hidden"/> on blocks that a sample does not have; null when every sample has all.</summary>
    public Tensor? Hidden_BG { get; }

    /// <summary>Whether a token sees earlier blocks than its own only.</summary>
    public bool Causal { get; }

    /// <summary>
    /// Divides each sample's real tokens into as many blocks, equal within one token; a sample of fewer tokens has one block
    /// for each. Padding is in no block, so it changes nothing.
    /// </summary>
    /// <param name="mask_BT">See <see cref="Masks.OfInput"/>; padding is on the right.</param>
    /// <param name="length">T.</param>
    /// <param name="blocks">k.</param>
    /// <param name="device">Where the tensors go.</param>
    public static GlobalBlocks OfInput(Tensor? mask_BT, int length, int blocks, Device device)
    {
        using var scope = NewDisposeScope();
        var count = Math.Min(blocks, length);
        var place_T = arange(length, ScalarType.Int64, device);
        var index_G = arange(count, ScalarType.Int64, device);
        using var off = no_grad();
        Tensor block_BT, members_BGT;
        Tensor? hidden_BG = null;
        if (mask_BT is null)
        {
            block_BT = (place_T * count).div(length, RoundingMode.floor).unsqueeze(0);
            members_BGT = block_BT.unsqueeze(1).eq(index_G.unsqueeze(1)).to_type(ScalarType.Float32);
        }
        else
        {
            var real_BT = mask_BT.ge(0);
            var tokens_B1 = real_BT.sum(1, keepdim: true).clamp_min(1);
            var used_B1 = tokens_B1.clamp_max(count);
            block_BT = (place_T * used_B1).div(tokens_B1, RoundingMode.floor).minimum(used_B1 - 1);
            members_BGT = block_BT.unsqueeze(1).eq(index_G.unsqueeze(1)).logical_and(real_BT.unsqueeze(1)).to_type(ScalarType.Float32);
            hidden_BG = index_G.ge(used_B1).to_type(ScalarType.Float32) * Masks.Hidden;
            hidden_BG.MoveToOuterDisposeScope();
        }
        return new(count, block_BT.MoveToOuterDisposeScope(), hidden_BG, false, members_BGT.MoveToOuterDisposeScope(), 0);
    }

    /// <summary>
    /// Blocks of a fixed length from the start, so that a token's block depends on no later token, not even on how many there
    /// are. A token sees a block once it is over; null when no token of the sequence sees any.
    /// </summary>
    public static GlobalBlocks? OfTarget(int length, int perBlock, Device device)
    {
        var count = (length - 1) / perBlock;
        if (count == 0) return null;
        using var scope = NewDisposeScope();
        var block_1T = arange(length, ScalarType.Int64, device).div(perBlock, RoundingMode.floor).unsqueeze(0);
        return new(count, block_1T.MoveToOuterDisposeScope(), null, true, null, perBlock);
    }

    /// <summary>Sums the tokens of each block: "B T D" to "B G D".</summary>
    public Tensor Sum(Tensor hidden_BTD)
    {
        using var scope = NewDisposeScope();
        var sums_BGD = members_BGT is null
            ? hidden_BTD.narrow(1, 0, Count * perBlock).unflatten(1, [Count, perBlock]).sum(2)
            : members_BGT.expand(hidden_BTD.shape[0], -1, -1).matmul(hidden_BTD);
        return sums_BGD.MoveToOuterDisposeScope();
    }

    /// <summary>Spreads shares of blocks evenly over their tokens: "B H T G" to "B H T T".</summary>
    public Tensor Spread(Tensor shares_BHTG)
    {
        using var scope = NewDisposeScope();
        var length = Block_BT.shape[1];
        var inside_BGT = members_BGT
            ?? Block_BT.unsqueeze(1).eq(arange(Count, ScalarType.Int64, Block_BT.device).unsqueeze(1)).to_type(ScalarType.Float32);
        var even_BGT = inside_BGT / inside_BGT.sum(2, keepdim: true).clamp_min(1);
        return shares_BHTG.matmul(even_BGT.unsqueeze(1)).MoveToOuterDisposeScope();
    }
}

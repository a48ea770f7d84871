namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using TorchSharp.Modules;
using static TorchSharp.torch;

/// <summary>
/// Learned biases by relative position that the first layer of a stack holds and all its layers use (Raffel et al. 2020, 2.1):
/// one table for tokens, one for blocks seen from a token's own block (Guo et al. 2022).
/// </summary>
/// <param name="tokens">"buckets H".</param>
/// <param name="blocks">"buckets H"; null without global blocks.</param>
internal sealed class PositionBias(Embedding tokens, Embedding? blocks)
{
    /// <summary>What is added where a head starts by looking: among 300 keys whose scores are drawn about 0, e^8 is nearly nine
    /// tenths.</summary>
    public const double Start = 8;

    /// <summary>The table for tokens, "buckets H".</summary>
    public Tensor Tokens => tokens.weight!;

    /// <summary>The table for blocks, "buckets H".</summary>
    public Tensor? Blocks => blocks?.weight;

    /// <summary>
    /// Has half of the heads, rounded up, start by looking at one place each: in a causal stack 1, 2, 3, ... before, in another 1 before,
    /// 1 behind, 2 before, 2 behind, ... The others are left to find what is far.
    /// </summary>
    public void StartAtNeighbours(Seq2SeqShape shape, bool causal)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (var head = 0; head < (shape.Heads + 1) / 2; head++)
        {
            var offset = causal ? -(head + 1) : head % 2 == 0 ? -(head / 2 + 1) : head / 2 + 1;
            Tokens[RelativeBuckets.Of(offset, causal, shape.Buckets, shape.Farthest), head].add_(Start);
        }
    }

    /// <summary>Where the tables are.</summary>
    public Device Device => tokens.weight!.device;

    /// <summary>
    /// Bias of each key of a tile seen from each query, "H W K", with <see cref="Masks.Hidden"/> beyond the radius and, when causal, after
    /// the query.
    /// </summary>
    public Tensor Local(Seq2SeqShape shape, Tiling tiling, int radius, bool causal)
    {
        using var scope = NewDisposeScope();
        // It depends on the offset alone: one value an offset, from which every row is a run.
        var (queries, keys) = (tiling.Queries, tiling.Keys);
        var buckets = new long[queries + keys - 1];
        var mask = new float[buckets.Length];
        for (var o = 0; o < buckets.Length; o++)
        {
            var offset = tiling.Offset(queries - 1, o);
            buckets[o] = RelativeBuckets.Of(offset, causal, shape.Buckets, shape.Farthest);
            if (Math.Abs(offset) > radius || (causal && offset > 0)) mask[o] = Masks.Hidden;
        }
        var bias_OH = tokens.weight!.index_select(0, tensor(buckets).to(Device)) + tensor(mask).to(Device).unsqueeze(1);
        return bias_OH.t().unfold(1, keys, 1).flip(1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Bias of each block seen from each of the first <paramref name="places"/> tokens, "B H P G" or with one row for all samples;
    /// <see cref="Masks.Hidden"/> where it must not be seen.
    /// </summary>
    public Tensor Global(Seq2SeqShape shape, GlobalBlocks seen, int places)
    {
        using var scope = NewDisposeScope();
        // A causal query may stand in one block more than can be seen.
        var (rows, columns) = (seen.Causal ? seen.Count + 1 : seen.Count, seen.Count);
        var buckets = new long[rows * columns];
        var mask = new float[buckets.Length];
        for (var own = 0; own < rows; own++)
            for (var g = 0; g < columns; g++)
            {
                buckets[own * columns + g] = RelativeBuckets.Of(g - own, seen.Causal, shape.Buckets, shape.Farthest);
                if (seen.Causal && g >= own) mask[own * columns + g] = Masks.Hidden;
            }
        var bias_H = blocks!.weight!.index_select(0, tensor(buckets).to(Device)) + tensor(mask).to(Device).unsqueeze(1);
        var bias_HGG = bias_H.t().reshape(shape.Heads, rows, columns);
        var own_BP = seen.Block_BT;
        if (own_BP.shape[1] < places)
            own_BP = cat([own_BP, own_BP.narrow(1, own_BP.shape[1] - 1, 1).expand(-1, places - own_BP.shape[1])], 1);
        var bias_BHPG = bias_HGG.index_select(1, own_BP.flatten()).unflatten(1, [own_BP.shape[0], places]).transpose(0, 1);
        if (seen.Hidden_BG is { } hidden_BG) bias_BHPG = bias_BHPG + hidden_BG.unsqueeze(1).unsqueeze(1);
        return bias_BHPG.MoveToOuterDisposeScope();
    }
}

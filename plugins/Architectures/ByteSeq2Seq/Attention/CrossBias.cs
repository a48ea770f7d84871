namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using TorchSharp.Modules;
using static TorchSharp.torch;

/// <summary>
/// Learned biases of cross-attention by how far an encoder token stands from the decoder token's own place, in T5's buckets; held by the
/// decoder's first layer, used by all. Sequences that are mostly alike, as parents and children, are found along their diagonal by it.
/// </summary>
/// <remarks>T5 has none. Axes: B samples or 1, H heads, U decoder tokens, T encoder tokens, F offsets.</remarks>
/// <param name="table">"buckets H".</param>
internal sealed class CrossBias(Embedding table)
{
    /// <summary>
    /// Has half of the heads, rounded up, start by looking at one place each: at the own, 1 before, 1 behind, 2 before, ... The others are
    /// left to go by what stands there.
    /// </summary>
    public void StartAlongside(Seq2SeqShape shape)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (var head = 0; head < (shape.Heads + 1) / 2; head++)
        {
            var offset = head % 2 == 0 ? head / 2 : -(head / 2 + 1);
            table.weight![Bucket(offset, shape), head].add_(PositionBias.Start);
        }
    }

    /// <summary>Biases "B H U T" of a sequence's first tokens, the same for all samples.</summary>
    public Tensor Of(Seq2SeqShape shape, long targets, long sources)
    {
        using var scope = NewDisposeScope();
        return Of(shape, arange(targets, ScalarType.Int64, table.weight!.device).unsqueeze(0), sources).MoveToOuterDisposeScope();
    }

    /// <summary>Biases "B H U T" of tokens at given places.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="places_BU">Places in the decoder's sequence, from 0; of padding any.</param>
    /// <param name="sources">T.</param>
    public Tensor Of(Seq2SeqShape shape, Tensor places_BU, long sources)
    {
        using var scope = NewDisposeScope();
        var far = shape.Farthest;
        var buckets = Enumerable.Range(-far, 2 * far + 1).Select(offset => (long)Bucket(offset, shape)).ToArray();
        var bias_FH = table.weight!.index_select(0, tensor(buckets).to(table.weight.device));
        var offset_BUT = (arange(sources, ScalarType.Int64, places_BU.device) - places_BU.unsqueeze(2)).clamp(-far, far).add(far);
        return bias_FH.index_select(0, offset_BUT.flatten()).unflatten(0, offset_BUT.shape).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    private static int Bucket(int offset, Seq2SeqShape shape) => RelativeBuckets.Of(offset, causal: false, shape.Buckets, shape.Farthest);
}

using PluginHost.Plugins.ByteSeq2Seq.Attention;

namespace PluginHost.Plugins.ByteSeq2Seq.Decoding;

using static TorchSharp.torch;

/// <summary>
/// What new tokens add to their scores, in all layers of one radius alike: position bias, and <see cref="Masks.Hidden"/> where a window
/// does not reach. Axes: B sequences, H heads, N new tokens, S kept and new tokens, G blocks, F distances.
/// </summary>
/// <param name="Local_BHNS">Towards tokens.</param>
/// <param name="Global_BHNG">Towards blocks that are over; null where none is.</param>
internal sealed record PieceBias(Tensor Local_BHNS, Tensor? Global_BHNG)
{
    /// <summary>Of a piece, in the current dispose scope.</summary>
    public static PieceBias Of(Seq2SeqShape shape, PositionBias positions, DecoderState.Piece piece, int radius) =>
        new(Local(shape, positions.Tokens, piece, radius), piece.Over == 0 ? null : Global(shape, positions.Blocks!, piece));

    private static Tensor Local(Seq2SeqShape shape, Tensor table, DecoderState.Piece piece, int radius)
    {
        using var scope = NewDisposeScope();
        var back_BNS = piece.New_BN.unsqueeze(2) - piece.All_BS.unsqueeze(1);
        var bias_BNSH = Lookup(shape, table, back_BNS);
        var seen_BNS = back_BNS.ge(0).logical_and_(piece.All_BS.ge(0).unsqueeze(1));
        if (radius < int.MaxValue) seen_BNS = seen_BNS.logical_and_(back_BNS.le(radius));
        return Hide(bias_BNSH, seen_BNS).MoveToOuterDisposeScope();
    }

    private static Tensor Global(Seq2SeqShape shape, Tensor table, DecoderState.Piece piece)
    {
        using var scope = NewDisposeScope();
        var own_BN = piece.New_BN.div(piece.PerBlock, RoundingMode.floor);
        var back_BNG = own_BN.unsqueeze(2) - arange(piece.Over, ScalarType.Int64, own_BN.device);
        return Hide(Lookup(shape, table, back_BNG), back_BNG.gt(0)).MoveToOuterDisposeScope();
    }

    private static Tensor Lookup(Seq2SeqShape shape, Tensor table, Tensor back)
    {
        var bias_FH = table.index_select(0, tensor(shape.BucketsBack).to(table.device));
        return bias_FH.index_select(0, back.clamp(0, shape.Farthest).flatten()).unflatten(0, back.shape);
    }

    private static Tensor Hide(Tensor bias_BNXH, Tensor seen_BNX) =>
        bias_BNXH.permute(0, 3, 1, 2) + seen_BNX.logical_not().to_type(ScalarType.Float32).mul_(Masks.Hidden).unsqueeze(1);
}

namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using static TorchSharp.torch;

/// <summary>Masks that are added to attention scores.</summary>
internal static class Masks
{
    /// <summary>
    /// Added where a key must not be seen. Finite, so that a row that sees nothing (padding) stays finite and has no gradient that is not a
    /// number; in bfloat16 it is finite too.
    /// </summary>
    public const float Hidden = -1e30f;

    /// <summary>0 on real tokens and <see cref="Hidden"/> on padding, or null when the batch has none: "B T".</summary>
    public static Tensor? OfInput(Batch batch) => batch.Tokens > 0 && batch.RealTokens == batch.Tokens
        ? null
        : batch[Keys.AttentionMask].logical_not().to_type(ScalarType.Float32).mul_(Hidden);
}

namespace PluginHost.Libs.Blocks.Attention;

using static TorchSharp.torch;

/// <summary>What keeps attention off padding.</summary>
public static class AttentionMask
{
    /// <summary>Added to the score of what must not be attended to, as the published code has it.</summary>
    public const float Unseen = -10_000f;

    /// <summary>
    /// 0 on real tokens and -10,000 on padding, as the published code has it: "B 1 1 T", added to attention scores. Null when the batch has
    /// no padding.
    /// </summary>
    public static Tensor? Additive(Batch batch) => batch.Tokens > 0 && batch.RealTokens == batch.Tokens
        ? null
        : Additive(batch[Keys.AttentionMask]);

    /// <summary>The same of a mask "B T" that is true on real tokens; never null.</summary>
    public static Tensor Additive(Tensor mask_BT) =>
        mask_BT.logical_not().to_type(ScalarType.Float32).mul_(Unseen).unsqueeze(1).unsqueeze(2);
}

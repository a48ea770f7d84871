namespace PluginHost.Plugins.Interpret.Attention;

using static TorchSharp.torch;

/// <summary>
/// Gives a decoder the sequence that the encoder reads, shifted by one place behind the padding token, as a target is given in training.
/// </summary>
internal static class DecoderInput
{
    /// <summary>The batch with <see cref="Keys.DecoderIds"/>, axis U as long as T.</summary>
    public static Batch Add(Batch batch, int pad)
    {
        using var scope = NewDisposeScope();
        var ids_BT = batch[Keys.InputIds];
        var start_B1 = full_like(ids_BT.narrow(1, 0, 1), pad);
        // With keeps a handle of its own.
        var made = batch.With(Keys.DecoderIds, cat([start_B1, ids_BT.narrow(1, 0, batch.Axis("T") - 1)], 1));
        foreach (var column in made.Columns) made[column].DetachFromDisposeScope();
        return made;
    }
}

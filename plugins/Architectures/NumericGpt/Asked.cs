namespace PluginHost.Plugins.NumericGpt;

using static TorchSharp.torch;

/// <summary>The hidden states a head is asked about.</summary>
internal static class Asked
{
    /// <summary>Those at the positions a column names, or all.</summary>
    public static Tensor Of(Tensor hidden_BTD, Batch batch, BatchKey positions) => batch.TryGet(positions, out var chosen)
        ? hidden_BTD.flatten(0, 1).index_select(0, chosen)
        : hidden_BTD;
}

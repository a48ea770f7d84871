namespace PluginHost.Plugins.GGramEncoder;

/// <summary>What the G-gram encoder's layers are.</summary>
public enum GGramBlock
{
    /// <summary>Standard transformer layers, as the paper and the released code have them; named <c>ngram_layers.N</c>.</summary>
    Plain,

    /// <summary>
    /// Packed projections and a gated feed-forward block, as the code before the release had them; named <c>ngram_layer.N</c> as in its
    /// checkpoints.
    /// </summary>
    Gated,
}

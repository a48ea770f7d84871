namespace PluginHost.Plugins.GGramEncoder;

using static TorchSharp.torch;

/// <summary>The columns a G-gram tokenizer writes. Axes: B samples, T tokens, G G-grams.</summary>
internal static class GGramColumns
{
    /// <summary>G-gram ids; 0 is padding.</summary>
    public static readonly BatchKey Ids = new("ggram_ids", ScalarType.Int64, "B G");

    /// <summary>True on G-grams, false on padding and on G-grams hidden from the encoder.</summary>
    public static readonly BatchKey Mask = new("ggram_mask", ScalarType.Bool, "B G");

    /// <summary>True where a token belongs to a G-gram.</summary>
    public static readonly BatchKey Match = new("ggram_match", ScalarType.Bool, "B T G");
}

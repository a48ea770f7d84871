namespace PluginHost.Plugins.WholeGGramMasking;

using static TorchSharp.torch;

/// <summary>
/// The tokenizer's G-gram columns. Axes: B samples, T tokens, G G-grams, O occurrences, S place, start and end of an occurrence.
/// </summary>
internal static class Columns
{
    /// <summary>G-gram ids; 0 on padding.</summary>
    public static readonly BatchKey Ids = new("ggram_ids", ScalarType.Int64, "B G");

    /// <summary>True on G-grams.</summary>
    public static readonly BatchKey Mask = new("ggram_mask", ScalarType.Bool, "B G");

    /// <summary>True where a token belongs to a G-gram.</summary>
    public static readonly BatchKey Match = new("ggram_match", ScalarType.Bool, "B T G");

    /// <summary>Occurrences of G-grams.</summary>
    public static readonly BatchKey Ranges = new("ggram_ranges", ScalarType.Int64, "B O S");

    /// <summary>What the tokenizer must write.</summary>
    public static readonly BatchKey[] FromTokenizer = [Ids, Mask, Match, Ranges];
}

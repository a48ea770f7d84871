namespace PluginHost.Plugins.GGram;

using static TorchSharp.torch;

/// <summary>
/// The columns attached to every encoding. Axes: B samples, T tokens, G matched G-grams, O occurrences, S the three numbers of an
/// occurrence.
/// </summary>
internal static class GGramColumns
{
    /// <summary>Ids of the matched G-grams; 0 on padding.</summary>
    public static readonly BatchKey Ids = new("ggram_ids", ScalarType.Int64, "B G");

    /// <summary>True on matched G-grams, false on padding.</summary>
    public static readonly BatchKey Mask = new("ggram_mask", ScalarType.Bool, "B G");

    /// <summary>True where a token belongs to a G-gram (the paper's matching matrix, equation 3).</summary>
    public static readonly BatchKey Match = new("ggram_match", ScalarType.Bool, "B T G");

    /// <summary>
    /// Each occurrence as its place on axis G, its first token and one past its last; all 0 on padding. For objectives that hide whole
    /// G-grams.
    /// </summary>
    public static readonly BatchKey Ranges = new("ggram_ranges", ScalarType.Int64, "B O S");

    /// <summary>All four.</summary>
    public static readonly BatchKey[] All = [Ids, Mask, Match, Ranges];
}

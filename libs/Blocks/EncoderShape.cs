using PluginHost.Libs.Blocks.Attention;

namespace PluginHost.Libs.Blocks;

/// <summary>The sizes and parts a transformer encoder layer is built from.</summary>
/// <param name="Width">Hidden size D.</param>
/// <param name="Heads">Attention heads H; divides <paramref name="Width"/>.</param>
/// <param name="FeedForward">Inner width F of the feed-forward block.</param>
/// <param name="Dropout">Dropout after each block.</param>
/// <param name="AttentionDropout">Dropout on attention probabilities.</param>
/// <param name="LayerNormEpsilon">Added to the variance in layer norm.</param>
public sealed record EncoderShape(int Width, int Heads, int FeedForward, double Dropout, double AttentionDropout, double LayerNormEpsilon)
{
    /// <summary>
    /// One projection for queries, keys and values: <see cref="PackedAttention"/> instead of <see cref="SeparateAttention"/>.
    /// </summary>
    public bool Packed { get; init; }

    /// <summary>A gated feed-forward block: <see cref="GatedFeedForward"/> instead of <see cref="Blocks.FeedForward"/>.</summary>
    public bool Gated { get; init; }
}

namespace PluginHost.Plugins.Blocks;

/// <summary>The sizes a transformer encoder layer is built from.</summary>
/// <param name="Width">Hidden size D.</param>
/// <param name="Heads">Attention heads H; divides <paramref name="Width"/>.</param>
/// <param name="FeedForward">Inner width F of the feed-forward block.</param>
/// <param name="Dropout">Dropout after each block.</param>
/// <param name="AttentionDropout">Dropout on attention probabilities.</param>
/// <param name="LayerNormEpsilon">Added to the variance in layer norm.</param>
public sealed record EncoderShape(int Width, int Heads, int FeedForward, double Dropout, double AttentionDropout, double LayerNormEpsilon);

namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

/// <summary>What the biases by relative position start from.</summary>
public enum RelativeStart
{
    /// <summary>Draws from a normal distribution, as T5.</summary>
    Normal,

    /// <summary>
    /// Those draws, and for half of the heads a large bias at one distance, another for every head, as positional heads that start as a
    /// convolution do (d'Ascoli et al. 2021, ConViT, 3).
    /// </summary>
    Neighbours,
}

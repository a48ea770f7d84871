using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Hyena;

/// <summary>What a pipeline may say about the architecture.</summary>
public sealed class HyenaOptions
{
    [Range(1, 1000), Description("Repeated layers.")]
    public int Layers { get; set; } = 2;

    [Range(1, 100_000), Description("Width of the hidden states.")]
    public int Width { get; set; } = 128;

    [Range(1, 100_000), Description("Width of the feed-forward part of a layer; four times 'width' unless set.")]
    public int? FeedForward { get; set; }

    [Range(2, 1 << 24), Description("The most tokens of a sequence: what positions of the long filters are shares of. Shorter sequences "
        + "see the beginning of the same filters.")]
    public int MaxTokens { get; set; } = 1024;

    [Description("Whether a token sees earlier tokens only, as in the papers: for next-token objectives. Otherwise a second filter looks "
        + "the other way.")]
    public bool Causal { get; set; }

    [Range(1, 99), Description("Tokens that the short filter spans; an odd number where tokens see both ways.")]
    public int ShortFilter { get; set; } = 3;

    [Range(1, 10_000), Description("Width of the network that makes the long filters.")]
    public int FilterWidth { get; set; } = 32;

    [Range(1, 1000), Description("Frequencies of the positions that this network reads: 1 to so many waves over 'maxTokens'.")]
    public int Waves { get; set; } = 16;

    [Range(0.01, 1000), Description("Factor in its sine activations: the higher, the faster the filters may change from token to token.")]
    public double SineFrequency { get; set; } = 10;

    [Range(0, 0.99), Description("Share of values dropped at the end of each half of a layer.")]
    public double Dropout { get; set; } = 0.1;
}

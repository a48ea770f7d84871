using PluginHost.Plugins.ByteSeq2Seq.Attention;

namespace PluginHost.Plugins.ByteSeq2Seq;

/// <summary>The sizes and rules that all layers of a stack share.</summary>
/// <param name="Width">Hidden size D.</param>
/// <param name="Heads">Attention heads H.</param>
/// <param name="HeadWidth">Width E of a head.</param>
/// <param name="Inner">Inner width F of the feed-forward block.</param>
/// <param name="Kind">The feed-forward block.</param>
/// <param name="TanhGelu">Whether GELU is approximated.</param>
/// <param name="ScaleScores">Whether scores are divided by the root of E.</param>
/// <param name="Dropout">Dropout after blocks.</param>
/// <param name="AttentionDropout">Dropout on attention probabilities.</param>
/// <param name="NormEpsilon">Added to the mean square in RMS norm.</param>
/// <param name="Buckets">Buckets of relative positions.</param>
/// <param name="Farthest">Distance from which all share the last bucket.</param>
/// <param name="Global">Whether there are global block tokens.</param>
/// <param name="CrossPlaces">What cross-attention knows of places.</param>
internal sealed record Seq2SeqShape(
    int Width, int Heads, int HeadWidth, int Inner, FeedForwardKind Kind, bool TanhGelu, bool ScaleScores,
    double Dropout, double AttentionDropout, double NormEpsilon, int Buckets, int Farthest, bool Global,
    CrossPlaces CrossPlaces = CrossPlaces.None)
{
    /// <summary>Width of all heads together.</summary>
    public int Attended => Heads * HeadWidth;

    /// <summary>The bucket of a token so many places before, in a causal stack: 0 to <see cref="Farthest"/>.</summary>
    public long[] BucketsBack { get; } =
        [.. Enumerable.Range(0, Farthest + 1).Select(back => (long)RelativeBuckets.Of(-back, causal: true, Buckets, Farthest))];

    /// <summary>Takes the shape out of options.</summary>
    public static Seq2SeqShape Of(ByteSeq2SeqOptions o) => new(
        o.Width, o.AttentionHeads, o.HeadWidth, o.FeedForward, o.FeedForwardKind, o.TanhGelu, o.ScaleScores,
        o.Dropout, o.AttentionDropout, o.NormEpsilon, o.RelativeBuckets, o.RelativeDistance, o.GlobalBlocks > 0, o.CrossPlaces);
}

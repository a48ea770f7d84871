namespace PluginHost.Plugins.ByteSeq2Seq.Attention;

using TorchSharp.Modules;
using static TorchSharp.torch;

/// <summary>The four projections of an attention, with T5's initial values.</summary>
internal static class AttentionProjections
{
    /// <summary>
    /// Query, key, value and output. Where scores are not scaled, query weights start smaller by the root of the head width.
    /// </summary>
    public static (Linear Query, Linear Key, Linear Value, Linear Output) Make(Seq2SeqShape shape)
    {
        var deviation = 1 / Math.Sqrt(shape.Width);
        return (
            Weights.Dense(shape.Width, shape.Attended, shape.ScaleScores ? deviation : deviation / Math.Sqrt(shape.HeadWidth)),
            Weights.Dense(shape.Width, shape.Attended, deviation),
            Weights.Dense(shape.Width, shape.Attended, deviation),
            Weights.Dense(shape.Attended, shape.Width, 1 / Math.Sqrt(shape.Attended)));
    }

    /// <summary>Projects and splits into heads: "B T D" to "B H T E".</summary>
    public static Tensor Split(Linear projection, Tensor hidden_BTD, Seq2SeqShape shape) =>
        projection.call(hidden_BTD).unflatten(2, [shape.Heads, shape.HeadWidth]).transpose(1, 2);

    /// <summary>Queries, scaled where scores are to be: that touches E numbers a token instead of one a key.</summary>
    public static Tensor Queries(Linear projection, Tensor hidden_BTD, Seq2SeqShape shape)
    {
        var query_BHTE = Split(projection, hidden_BTD, shape);
        return shape.ScaleScores ? query_BHTE * (1 / Math.Sqrt(shape.HeadWidth)) : query_BHTE;
    }
}

namespace PluginHost.Plugins.ByteSeq2Seq;

/// <summary>How many parameters a shape has, by arithmetic: nothing is allocated.</summary>
internal static class ParameterCount
{
    /// <summary>Parameters of the backbone, and of an untied language-model head when asked for.</summary>
    public static long Of(ByteSeq2SeqOptions options, int vocabulary, bool untiedHead)
    {
        var shape = Seq2SeqShape.Of(options);
        long width = shape.Width;
        var attention = 4 * width * shape.Attended;
        var blockNorm = shape.Global ? width : 0;
        var feedForward = (shape.Kind == FeedForwardKind.Relu ? 2 : 3) * width * shape.Inner;
        // Each of a block's parts has a norm; each stack has a final one, and position tables for tokens and blocks.
        var encoderBlock = attention + blockNorm + feedForward + 2 * width;
        var decoderBlock = encoderBlock + (options.EncoderLayers > 0 ? attention + width : 0);
        var perStack = width + (shape.Global ? 2L : 1) * shape.Buckets * shape.Heads;
        var stacks = options.EncoderLayers > 0 ? 2 : 1;
        var cross = shape.CrossPlaces == Attention.CrossPlaces.Relative ? shape.Buckets * shape.Heads : 0;
        return vocabulary * width * (untiedHead ? 2 : 1)
            + options.EncoderLayers * encoderBlock + options.DecoderLayers * decoderBlock + stacks * perStack + cross;
    }
}

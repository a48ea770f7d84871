using PluginHost;

namespace SignalTrack;

using static TorchSharp.torch;

/// <summary>Columns of this objective's own. Axes: B samples, L bases of the longest.</summary>
internal static class Columns
{
    /// <summary>The number of each base; NaN where it is missing, and beyond the end of a sequence.</summary>
    public static readonly BatchKey Signal = new("signal", ScalarType.Float32, "B L");

    /// <summary>The token that answers for each base, on axis T; -1 where no token covers it.</summary>
    public static readonly BatchKey Tokens = new("signal_tokens", ScalarType.Int64, "B L");

    /// <summary>
    /// The token that answers for each base of a sequence: of those that cover it the one whose middle is nearest, the first of two. With
    /// k-mers that is the k-mer around the base, with longer tokens the one token over it: spans are all that has to be known.
    /// </summary>
    public static long[] TokenOfBase(EncodedSequence encoding, int bases)
    {
        var (tokens, distances) = (new long[bases], new int[bases]);
        Array.Fill(tokens, -1);
        for (var t = 0; t < encoding.Spans.Length; t++)
            for (var place = encoding.Spans[t].Start; place < encoding.Spans[t].End; place++)
            {
                var distance = Math.Abs(2 * place + 1 - encoding.Spans[t].Start - encoding.Spans[t].End);
                if (tokens[place] < 0 || distance < distances[place]) (tokens[place], distances[place]) = (t, distance);
            }
        return tokens;
    }
}

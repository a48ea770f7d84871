using PluginHost.Libs.Tools.Bases;

namespace PluginHost.Plugins.Interpret.Decoders;

/// <summary>What each base of a target looked at.</summary>
/// <param name="Id">The sequence's name.</param>
/// <param name="Written">Bases of the target, axis W.</param>
/// <param name="Seen">Bases that were looked at, axis L: the sequence's or, in the decoder's own attention, the target's.</param>
/// <param name="Shares_WL">Shares; NaN where no token of the axis covers a base.</param>
internal sealed record Looks(string Id, string Written, string Seen, float[,] Shares_WL)
{
    /// <summary>Spreads the shares of tokens over bases.</summary>
    /// <param name="sample">The sequence.</param>
    /// <param name="source">Its tokens.</param>
    /// <param name="target">What the decoder was given.</param>
    /// <param name="shares_QS">Place q predicts token q of the target.</param>
    /// <param name="stack">Which attention.</param>
    public static Looks Of(Sample sample, EncodedSequence source, Target target, float[,] shares_QS, DecoderStack stack)
    {
        // The decoder reads the padding token and then the target, each token a place later than it is predicted at.
        var (seen, spans) = stack == DecoderStack.Cross ? (sample.Sequence, source.Spans)
            : (target.Bases, (IReadOnlyList<BaseSpan>)[default, .. target.Spans.SkipLast(1)]);
        var shares_WL = new float[target.Bases.Length, seen.Length];
        var counts = new int[target.Bases.Length];
        var row = new float[spans.Count];
        for (var q = 0; q < target.Ids.Count; q++)
        {
            if (target.Spans[q].Length == 0) continue;
            for (var s = 0; s < row.Length; s++) row[s] = s < shares_QS.GetLength(1) ? shares_QS[q, s] : 0;
            var bases = BaseSpread.Mean(spans, row, seen.Length);
            for (var w = target.Spans[q].Start; w < target.Spans[q].End; w++)
            {
                counts[w]++;
                for (var l = 0; l < bases.Length; l++) shares_WL[w, l] += bases[l];
            }
        }
        for (var w = 0; w < counts.Length; w++)
            for (var l = 0; l < seen.Length; l++) shares_WL[w, l] /= counts[w];
        return new(sample.Id, target.Bases, seen, shares_WL);
    }

    /// <summary>The base that a base of the target looked at most, the first of several; null where it saw none.</summary>
    public int? Most(int written)
    {
        int? most = null;
        for (var l = 0; l < Seen.Length; l++)
            if (float.IsFinite(Shares_WL[written, l]) && (most is not { } so || Shares_WL[written, l] > Shares_WL[written, so])
                && Shares_WL[written, l] > 0) most = l;
        return most;
    }
}

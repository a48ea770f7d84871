namespace PluginHost.Plugins.MaskedLm;

/// <summary>
/// The centre-and-neighbours masking of released codes, with the shares that come of it; see <see cref="MaskingScheme"/>.
/// </summary>
internal static class ReleasedCentres
{
    /// <summary>Draws the tokens to hide, in order. Everything that stands for bases may be a centre, unknown tokens too.</summary>
    /// <param name="encoding">
    /// Neighbours reach from its second token (Genomics-FM) or its first base (DNABERT) to the last that may be a centre.
    /// </param>
    /// <param name="scheme">Not <see cref="MaskingScheme.Stretches"/>.</param>
    /// <param name="rate">What the release's options call the masking probability, for the whole group of a centre.</param>
    /// <param name="random">All draws come from here.</param>
    public static IEnumerable<int> Choose(EncodedSequence encoding, MaskingScheme scheme, double rate, SeededRandom random)
    {
        var centres = Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0).ToArray();
        if (centres.Length == 0) return [];
        var k = HiddenStretches.Overlap([.. centres.Select(t => encoding.Spans[t])]) ? centres.Max(t => encoding.Spans[t].Length) : 1;
        var (before, after) = Reach(scheme, k);
        var first = scheme == MaskingScheme.GenomicsFmRelease ? 1 : centres[0];
        var hidden = new bool[encoding.Ids.Length];
        foreach (var centre in centres)
        {
            if (random.NextDouble() >= rate / k) continue;
            hidden[centre] = true;
            for (var t = Math.Max(first, centre - before); t <= Math.Min(centres[^1], centre + after); t++) hidden[t] = true;
        }
        return Enumerable.Range(0, hidden.Length).Where(t => hidden[t]);
    }

    private static (int Before, int After) Reach(MaskingScheme scheme, int k) => (scheme, k) switch
    {
        (MaskingScheme.DnabertRelease, _) => ((k - 1) / 2, k / 2),
        (_, 1) => (1, 0),
        _ => (6, 7),
    };
}

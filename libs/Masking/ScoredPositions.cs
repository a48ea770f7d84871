namespace PluginHost.Libs.Masking;

using static TorchSharp.torch;

/// <summary>The positions of one batch that are asked for. Axis M: scored positions.</summary>
/// <param name="shares">What replaces hidden tokens.</param>
/// <param name="vocabulary">Has [MASK].</param>
public sealed class ScoredPositions(MaskingShares shares, Vocabulary vocabulary)
{
    /// <summary>True where a scored position's input is [MASK], false where it is a random or the original token.</summary>
    public static readonly BatchKey AtMask = new("positions_at_mask", ScalarType.Bool, "M");

    private readonly int[] replacements = Replacements(shares, vocabulary);
    private readonly List<(long Position, long Label, bool AtMask)> scored = [];

    /// <summary>Positions with a label.</summary>
    public long Targets => scored.LongCount(s => s.Label != Keys.Ignore);

    /// <summary>Ids that a random token is drawn from.</summary>
    public static int[] Replacements(MaskingShares shares, Vocabulary vocabulary) =>
        shares.RandomIncludesSpecials ? [.. Enumerable.Range(0, vocabulary.Count)] : [.. vocabulary.Regular];

    /// <summary>Hides a token: [MASK], a random token or itself.</summary>
    /// <param name="position">Index into the flattened "B T".</param>
    /// <param name="id">The token.</param>
    /// <param name="asked">Whether it is scored.</param>
    /// <param name="random">One draw, and another for a random token.</param>
    /// <returns>The id to show.</returns>
    public int Hide(long position, int id, bool asked, SeededRandom random)
    {
        var draw = random.NextDouble();
        var atMask = draw < shares.MaskShare;
        if (asked) scored.Add((position, id, atMask));
        if (atMask) return vocabulary.Mask!.Value;
        return draw < shares.MaskShare + shares.RandomShare ? replacements[random.Next(replacements.Length)] : id;
    }

    /// <summary>Asks for a token that stands as it is, without telling its label.</summary>
    public void Show(long position) => scored.Add((position, Keys.Ignore, false));

    /// <summary>
    /// Makes axis M at least 1, or exactly <paramref name="count"/> when that is above 0: a random subset stays, or ignored labels at
    /// position 0 fill up.
    /// </summary>
    public void Fix(int count, SeededRandom random)
    {
        if (count > 0 && scored.Count > count)
        {
            var all = scored.ToArray();
            random.Shuffle(all.AsSpan());
            scored.Clear();
            scored.AddRange(all.Take(count).OrderBy(s => s.Position));
        }
        while (scored.Count < Math.Max(1, count)) scored.Add((0, Keys.Ignore, false));
    }

    /// <summary>Adds the columns of what is asked for, and declares the targets of a loss term.</summary>
    public Batch Write(Batch batch, string term) => batch
        .Set(Keys.Positions, tensor([.. scored.Select(s => s.Position)], [scored.Count]))
        .Set(Keys.PositionLabels, tensor([.. scored.Select(s => s.Label)], [scored.Count]))
        .Set(AtMask, tensor([.. scored.Select(s => s.AtMask)], [scored.Count]))
        .SetTargets(term, Targets);
}

namespace PluginHost.Libs.Motifs;

/// <summary>Words that lie over each other: parts and variants of one motif.</summary>
internal sealed class WordFamily
{
    private readonly List<Member> members = [];

    /// <summary>A word of it.</summary>
    /// <param name="Text">Its bases, turned as the family's first word reads.</param>
    /// <param name="Offset">Where it begins, counted from the first word's beginning.</param>
    /// <param name="Weight">How much it tells: -log10 p.</param>
    /// <param name="IsReverse">Whether it was turned to fit.</param>
    public sealed record Member(string Text, int Offset, double Weight, bool IsReverse);

    public WordFamily(EnrichedWord seed)
    {
        Seed = seed;
        members.Add(new(seed.Text, 0, Weight(seed), false));
    }

    /// <summary>The most telling of them.</summary>
    public EnrichedWord Seed { get; }

    /// <summary>All of them, the seed first.</summary>
    public IReadOnlyList<Member> Members => members;

    /// <summary>The middle of its words, counted from the seed's beginning; those that tell more count more.</summary>
    public double Middle => members.Sum(m => m.Weight * (m.Offset + m.Text.Length / 2.0)) / members.Sum(m => m.Weight);

    /// <summary>Groups words, the most telling first.</summary>
    public static IReadOnlyList<WordFamily> Group(IReadOnlyList<EnrichedWord> words, DiscoveryOptions options)
    {
        List<WordFamily> families = [];
        foreach (var word in words)
        {
            var best = families.Select(f => (Family: f, Fit: f.BestFit(word, options))).Where(c => c.Fit is not null)
                .OrderByDescending(c => c.Fit!.Value.Matches).FirstOrDefault();
            if (best.Fit is { } fit) best.Family.members.Add(new(fit.Text, fit.Offset, Weight(word), fit.IsReverse));
            else families.Add(new(word));
        }
        return families;
    }

    /// <summary>
    /// Where a word lies best over one of the family's: without gaps, all but one base of the shortest word and half of the shorter one
    /// alike, and at most a quarter as many different.
    /// </summary>
    private (int Matches, int Offset, string Text, bool IsReverse)? BestFit(EnrichedWord word, DiscoveryOptions options)
    {
        (int Matches, int Offset, string Text, bool IsReverse)? best = null;
        foreach (var isReverse in options.BothStrands ? (bool[])[false, true] : [false])
        {
            var text = isReverse ? Iupac.ReverseComplement(word.Text) : word.Text;
            foreach (var member in members)
                for (var shift = 1 - text.Length; shift < member.Text.Length; shift++)
                {
                    var (same, different) = Compare(member.Text, text, shift);
                    var needed = Math.Max(options.ShortestWord - 1, (Math.Min(text.Length, member.Text.Length) + 1) / 2);
                    var offset = member.Offset + shift;
                    // Words may not pull a family apart step by step.
                    if (same < needed || 4 * different > same || Math.Abs(offset) > options.Window / 2) continue;
                    if (best is null || same > best.Value.Matches) best = (same, offset, text, isReverse);
                }
        }
        return best;
    }

    private static (int Same, int Different) Compare(string first, string second, int shift)
    {
        var same = 0;
        var (from, to) = (Math.Max(0, shift), Math.Min(first.Length, shift + second.Length));
        for (var i = from; i < to; i++) if (first[i] == second[i - shift]) same++;
        return (same, to - from - same);
    }

    private static double Weight(EnrichedWord word) => Math.Max(1, -Math.Log10(Math.Max(word.P, 1e-300)));
}

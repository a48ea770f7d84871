using PluginHost.Libs.Statistics;

namespace PluginHost.Libs.Motifs;

/// <summary>
/// Finds what regions that stood out have in common: words that positives hold more often than negatives, words that lie over each other
/// joined, a matrix of the windows around their places. The steps are DNABERT's (3.3); words within regions are tested too, the most
/// telling
/// word leads, and windows may touch a sequence's end.
/// </summary>
public static class MotifFinder
{
    /// <summary>The motifs, the most telling first.</summary>
    /// <param name="positives">Sequences that should have the motif.</param>
    /// <param name="negatives">Sequences that should not.</param>
    /// <param name="options">How.</param>
    public static IReadOnlyList<FoundMotif> Find(
        IReadOnlyList<ScoredSequence> positives, IReadOnlyList<string> negatives, DiscoveryOptions options)
    {
        List<FoundMotif> found = [];
        HashSet<(int Sequence, int Tenth)> taken = [];
        foreach (var family in WordFamily.Group(EnrichedWords.Find(positives, negatives, options), options))
        {
            var windows = Windows(family, positives, options);
            // What lies where an earlier motif lies is that motif again.
            var fresh = windows.Where(w => !Cells(w).Any(taken.Contains)).ToList();
            if (fresh.Count < options.FewestSites || 2 * fresh.Count < windows.Count) continue;
            foreach (var window in windows) taken.UnionWith(Cells(window));
            found.Add(Build(family, windows, positives, found.Count + 1, options));
        }
        return found;
    }

    private static IEnumerable<(int, int)> Cells(MotifSite window)
    {
        const int Cell = 6;
        var middle = (window.Start + window.End) / 2 / Cell;
        return [(window.Sequence, middle - 1), (window.Sequence, middle), (window.Sequence, middle + 1)];
    }

    /// <summary>The windows around a family's places: where several words agree on a place it is one.</summary>
    private static List<MotifSite> Windows(WordFamily family, IReadOnlyList<ScoredSequence> positives, DiscoveryOptions options)
    {
        List<MotifSite> windows = [];
        for (var s = 0; s < positives.Count; s++)
        {
            Dictionary<(int Anchor, bool IsReverse), double> votes = [];
            foreach (var (start, end) in positives[s].Regions)
            {
                Vote(positives[s].Bases, start, end, false);
                if (options.BothStrands) Vote(positives[s].Bases, start, end, true);
            }
            var chosen = new List<MotifSite>();
            foreach (var ((anchor, isReverse), _) in votes.OrderByDescending(v => v.Value).ThenBy(v => v.Key.Anchor))
            {
                var middle = (int)Math.Round(isReverse ? anchor - family.Middle : anchor + family.Middle);
                var window = new MotifSite(s, middle - options.Window / 2, middle - options.Window / 2 + options.Window, isReverse);
                if (window.Start < 0 || window.End > positives[s].Bases.Length) continue;
                if (chosen.TrueForAll(c => Math.Abs(c.Start - window.Start) >= options.Window / 2)) chosen.Add(window);
            }
            windows.AddRange(chosen);

            void Vote(string bases, int start, int end, bool isReverse)
            {
                foreach (var member in family.Members)
                {
                    var text = isReverse ? Iupac.ReverseComplement(member.Text) : member.Text;
                    for (var at = start; at + text.Length <= end; at++)
                    {
                        if (!bases.AsSpan(at, text.Length).SequenceEqual(text)) continue;
                        // The place of the seed's first base; on the other strand that of the base behind it.
                        var key = (isReverse ? at + text.Length + member.Offset : at - member.Offset, isReverse);
                        votes[key] = votes.GetValueOrDefault(key) + member.Weight;
                    }
                }
            }
        }
        return windows;
    }

    private static FoundMotif Build(WordFamily family, List<MotifSite> windows, IReadOnlyList<ScoredSequence> positives, int number,
        DiscoveryOptions options)
    {
        var texts = windows.Select(w => Read(positives, w)).ToList();
        var whole = Motif.Of("", texts);
        var (from, to) = Core(whole, options.TrimBelow);
        var sites = windows.Select(w => w.IsReverse ? w with { Start = w.End - to, End = w.End - from }
            : w with { Start = w.Start + from, End = w.Start + to }).ToList();
        var motif = Motif.Of($"motif-{number}", [.. texts.Select(t => t[from..to])]);
        return new(motif with { Name = motif.Consensus, Significance = family.Seed.Q }, sites, family.Seed.Text, family.Seed.Positives,
            family.Seed.Negatives, family.Seed.P, family.Seed.Q);
    }

    private static string Read(IReadOnlyList<ScoredSequence> positives, MotifSite site)
    {
        var bases = positives[site.Sequence].Bases[site.Start..site.End];
        return site.IsReverse ? Iupac.ReverseComplement(bases) : bases;
    }

    /// <summary>The positions between the first and the last that tell something.</summary>
    private static (int From, int To) Core(Motif motif, double least)
    {
        // What few sites seem to tell by chance: Schneider et al. 1986, the approximation for many.
        var chance = 3 / (2 * Math.Log(2) * Math.Max(1, motif.Sites));
        var telling = Enumerable.Range(0, motif.Width).Where(w => Bits(motif, w) - chance >= least).ToList();
        return telling.Count > 0 ? (telling[0], telling[^1] + 1) : (0, motif.Width);
    }

    private static double Bits(Motif motif, int w) =>
        InformationContent.Bits([.. Enumerable.Range(0, 4).Select(a => motif.Frequencies_WA[w, a])]);
}

namespace PluginHost.Plugins.Interpret.GGrams;

/// <summary>Counts of one split of a data set (DNAZEN, Appendix A); memory grows with the distinct G-grams alone.</summary>
internal sealed class GGramCounts
{
    private readonly Dictionary<long, (long Matches, long Sequences)> counts = [];
    private readonly HashSet<long> once = [];

    /// <summary>Sequences read.</summary>
    public long Sequences { get; private set; }

    /// <summary>Sequences without a G-gram.</summary>
    public long Without { get; private set; }

    /// <summary>Matches, each occurrence counted.</summary>
    public long Total { get; private set; }

    /// <summary>Different G-grams among them.</summary>
    public int Distinct => counts.Count;

    /// <summary>Matches a sequence; NaN without sequences.</summary>
    public double Average => Sequences == 0 ? double.NaN : (double)Total / Sequences;

    /// <summary>By G-gram: its matches, and the sequences that hold it.</summary>
    public IReadOnlyDictionary<long, (long Matches, long Sequences)> Of => counts;

    /// <summary>Takes the matches of a sequence in.</summary>
    public void Add(IReadOnlyList<FoundGGram> found)
    {
        Sequences++;
        Total += found.Count;
        if (found.Count == 0) Without++;
        once.Clear();
        foreach (var match in found)
        {
            var (matches, sequences) = counts.GetValueOrDefault(match.Id);
            counts[match.Id] = (matches + 1, sequences + (once.Add(match.Id) ? 1 : 0));
        }
    }

    /// <summary>Takes the counts of another in.</summary>
    public void Add(GGramCounts other)
    {
        (Sequences, Without, Total) = (Sequences + other.Sequences, Without + other.Without, Total + other.Total);
        foreach (var (id, (matches, sequences)) in other.counts)
        {
            var (m, s) = counts.GetValueOrDefault(id);
            counts[id] = (m + matches, s + sequences);
        }
    }

    /// <summary>The share that a G-gram has of all matches.</summary>
    public double Share(long id) => Total == 0 ? 0 : (double)counts.GetValueOrDefault(id).Matches / Total;
}

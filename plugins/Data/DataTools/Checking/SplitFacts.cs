using PluginHost.Libs.Genomics.Leakage;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Checking;

/// <summary>What was counted in one split.</summary>
/// <param name="name">train, dev, test, or the file's name.</param>
internal sealed class SplitFacts(string name)
{
    /// <summary>More labels than this are not looked at one by one (real-valued targets).</summary>
    public const int MostLabels = 64;

    /// <summary>Longer sequences are counted but not compared: they are chromosomes, not samples.</summary>
    public const int LongestCompared = 100_000;

    private readonly SortedDictionary<long, long> lengths = [];
    private readonly Dictionary<string, long> labels = new(StringComparer.Ordinal);
    private readonly List<string?> labelOfRow = [];
    private readonly Dictionary<string, int> labelNumbers = new(StringComparer.Ordinal);

    public string Name => name;

    public long Rows { get; private set; }

    public long Bases { get; private set; }

    /// <summary>N of all bases.</summary>
    public long Unknown { get; private set; }

    /// <summary>Bases that are neither A, C, G, T nor N.</summary>
    public long Ambiguous { get; private set; }

    /// <summary>Rows equal to an earlier one.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Rows that are the reverse complement of an earlier one.</summary>
    public long ReverseComplements { get; private set; }

    /// <summary>Of both, those with another label than the earlier row.</summary>
    public long Conflicts { get; private set; }

    /// <summary>Rows that were not compared because of their length.</summary>
    public long TooLong { get; private set; }

    /// <summary>Rows by label, unlabelled rows under the empty text.</summary>
    public IReadOnlyDictionary<string, long> Labels => labels;

    public long Shortest => lengths.Keys.First();

    public long Longest => lengths.Keys.Last();

    public long Median
    {
        get
        {
            var before = 0L;
            foreach (var (length, count) in lengths)
                if ((before += count) * 2 >= Rows) return length;
            return 0;
        }
    }

    /// <summary>What may give labels away, by name.</summary>
    public IReadOnlyDictionary<string, Cue> Cues { get; } = new Dictionary<string,
        Cue>
    { ["length"] = new(), ["N share"] = new(), ["GC content"] = new() };

    /// <summary>The rows, to look others up in.</summary>
    public required LeakageFinder Finder { get; init; }

    /// <summary>Whether labels are few enough to be classes.</summary>
    public bool HasClasses => labels.Count is > 1 and <= MostLabels;

    /// <summary>Counts a row.</summary>
    public void Add(SequenceRow row)
    {
        Rows++;
        Bases += row.Length;
        lengths[row.Length] = lengths.GetValueOrDefault(row.Length) + 1;
        var label = row.Label ?? "";
        if (labels.Count <= MostLabels || labels.ContainsKey(label)) labels[label] = labels.GetValueOrDefault(label) + 1;
        var (unknown, gc) = (0L, 0L);
        foreach (var piece in row.Pieces())
        {
            var (n, ambiguous, strong) = Count(piece.Span);
            unknown += n;
            gc += strong;
            Ambiguous += ambiguous;
        }
        Unknown += unknown;
        Hint(label, row.Length, unknown, gc);
        if (row.Length > LongestCompared)
        {
            TooLong++;
            return;
        }
        var sequence = row.Sequence;
        var same = Finder.FindEqual(sequence);
        if (same.Kind == LeakKind.Exact) Duplicates++;
        if (same.Kind == LeakKind.ReverseComplement) ReverseComplements++;
        if (same.Kind != LeakKind.None && labelOfRow[same.Sequence] != label) Conflicts++;
        Finder.Add(sequence);
        labelOfRow.Add(label);
    }

    private void Hint(string label, long length, long unknown, long gc)
    {
        if (!labelNumbers.TryGetValue(label, out var number))
        {
            if (labelNumbers.Count == MostLabels) return;
            labelNumbers[label] = number = labelNumbers.Count;
        }
        // Not every second row: labels may alternate.
        var half = (int)(Letters.Mix((ulong)Rows) & 1);
        Cues["length"].Add((int)Math.Min(length, int.MaxValue), number, half);
        Cues["N share"].Add((int)(1000 * unknown / length), number, half);
        Cues["GC content"].Add((int)(1000 * gc / length), number, half);
    }

    private static (int Unknown, int Ambiguous, int Gc) Count(ReadOnlySpan<char> sequence)
    {
        var (unknown, ambiguous, gc) = (0, 0, 0);
        foreach (var c in sequence)
            switch (c)
            {
                case 'A' or 'T': break;
                case 'C' or 'G': gc++; break;
                case 'N': unknown++; break;
                default: ambiguous++; break;
            }
        return (unknown, ambiguous, gc);
    }
}

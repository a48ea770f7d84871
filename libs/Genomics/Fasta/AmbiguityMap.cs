namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>
/// Where a record holds codes other than A, C, G and T: runs of one code each, in order. Memory is in proportion to the runs, not the
/// bases.
/// </summary>
public sealed class AmbiguityMap
{
    private readonly List<long> starts = [];
    private readonly List<long> ends = [];
    private readonly List<long> before = [];
    private readonly List<byte> codes = [];

    /// <summary>Number of runs.</summary>
    public int Runs => starts.Count;

    /// <summary>All ambiguous bases.</summary>
    public long Total { get; private set; }

    /// <summary>A run: half-open, 0-based.</summary>
    public (long Start, long End, char Code) this[int run] => (starts[run], ends[run], (char)codes[run]);

    /// <summary>Adds bases at or after the last run's end.</summary>
    internal void Add(long start, long length, byte code)
    {
        if (Runs > 0 && ends[^1] == start && codes[^1] == code) ends[^1] += length;
        else
        {
            starts.Add(start);
            ends.Add(start + length);
            before.Add(Total);
            codes.Add(code);
        }
        Total += length;
    }

    /// <summary>Gives unused memory back.</summary>
    internal void Trim()
    {
        starts.TrimExcess();
        ends.TrimExcess();
        before.TrimExcess();
        codes.TrimExcess();
    }

    /// <summary>The first run that ends after a position; <see cref="Runs"/> when there is none.</summary>
    public int FirstEndingAfter(long position)
    {
        var found = ends.BinarySearch(position + 1);
        return found < 0 ? ~found : found;
    }

    /// <summary>How many bases of [start, end) are ambiguous.</summary>
    public long Count(long start, long end) => Before(end) - Before(start);

    private long Before(long position)
    {
        var run = FirstEndingAfter(position);
        return run == Runs ? Total : before[run] + Math.Max(0, position - starts[run]);
    }
}

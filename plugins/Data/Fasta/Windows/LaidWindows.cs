namespace PluginHost.Plugins.Fasta.Windows;

/// <summary>The windows of a layout by index: the same in every epoch.</summary>
internal sealed class LaidWindows : ISampleSource
{
    private readonly WindowRun[] runs;
    private readonly long[] firstIndex;
    private readonly bool wholeRecords;

    /// <param name="layout">The windows.</param>
    /// <param name="wholeRecords">Samples are named after their records and carry the header's description.</param>
    /// <param name="leftOut">What of the regions no window covers, in sentences.</param>
    public LaidWindows(WindowLayout layout, bool wholeRecords, IReadOnlyList<string> leftOut)
    {
        LeftOut = leftOut;
        this.wholeRecords = wholeRecords;
        runs = [.. layout.Runs];
        firstIndex = new long[runs.Length];
        for (var i = 1; i < runs.Length; i++) firstIndex[i] = firstIndex[i - 1] + runs[i - 1].Count;
        Count = layout.Count;
    }

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> LeftOut { get; }

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var found = Array.BinarySearch(firstIndex, index);
        var at = found < 0 ? ~found - 1 : found;
        var run = runs[at];
        var sample = run.Region.Read(run.Start + (index - firstIndex[at]) * run.Step, run.Length);
        if (!wholeRecords) return sample;
        var record = run.Region.Record;
        return record.Description.Length == 0
            ? sample with { Id = record.Name }
            : sample with
            {
                Id = record.Name,
                Fields = new Dictionary<string, object>(sample.Fields) { ["description"] = record.Description },
            };
    }
}

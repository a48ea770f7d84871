using PluginHost.Libs.Files.Tables;

namespace PluginHost.Plugins.Embed.Cutting;

/// <summary>
/// The windows of all sequences of an input as samples, in order: most are whole sequences, whose windows are not kept. Thread-safe.
/// </summary>
internal sealed class WindowedSource : ISampleSource
{
    // No tokenizer drops more bases than a token has: only a short sequence can be without any.
    private const int LongestWithoutToken = 64;

    private readonly ISampleSource inner;
    private readonly List<(long Sample, long First, IReadOnlyList<(int Start, int End)> Windows)> cut = [];
    private readonly Dictionary<long, string> notes = [];
    private readonly Lock guard = new();
    private (long Index, Sample? Sample) last;

    private WindowedSource(ISampleSource inner) => (this.inner, Count) = (inner, inner.Count);

    /// <inheritdoc/>
    public long Count { get; private set; }

    /// <summary>Sequences in several windows.</summary>
    public int CutSequences => cut.Count;

    /// <summary>Their windows.</summary>
    public long CutWindows { get; private set; }

    /// <summary>Whether any sequence has a place on a genome.</summary>
    public bool IsPlaced { get; private set; }

    /// <summary>What is to be said of sequences whose vectors say nothing of DNA, by their place in the input.</summary>
    public IReadOnlyDictionary<long, string> Notes => notes;

    /// <inheritdoc/>
    public IReadOnlyList<string> LeftOut => inner.LeftOut;

    /// <summary>Looks at every sequence once.</summary>
    /// <param name="inner">The sequences.</param>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="cutter">Null where the model takes sequences of any length.</param>
    /// <param name="looked">Is told how many sequences were looked at.</param>
    /// <param name="cancellation">Stops.</param>
    public static WindowedSource Of(
        ISampleSource inner, ITokenizer tokenizer, WindowCutter? cutter, Action<long> looked, CancellationToken cancellation)
    {
        var source = new WindowedSource(inner);
        for (var i = 0L; i < inner.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var sample = Draw(inner, i);
            source.IsPlaced |= sample.Place?.TellsMoreThan(sample.Id) == true;
            if (Note(sample, tokenizer) is { } note) source.notes[i] = note;
            if ((i & 0xFF) == 0xFF) looked(i + 1);
            if (cutter?.Cut(sample) is not { Count: > 0 } windows) continue;
            source.cut.Add((i, i + source.Extra, windows));
            source.CutWindows += windows.Count;
        }
        source.Count = inner.Count + source.Extra;
        return source;
    }

    // What windows add to the number of sequences.
    private long Extra => CutWindows - cut.Count;

    /// <summary>The window at a place.</summary>
    public Window Window(long place)
    {
        var (sample, number, windows) = Find(place);
        if (windows is null) return Cutting.Window.Whole(sample);
        var (start, end) = windows[number];
        var (first, final) = (number == 0, number == windows.Count - 1);
        return new(
            sample, start, first, final,
            first ? long.MinValue : (long)start + windows[number - 1].End, final ? long.MaxValue
                : (long)windows[number + 1].Start + end, windows[^1].End);
    }

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random)
    {
        var (sample, number, windows) = Find(index);
        if (windows is null) return Draw(inner, sample);
        // Its place stays that of the whole sequence.
        var whole = Long(sample);
        return whole with { Sequence = whole.Sequence[windows[number].Start..windows[number].End] };
    }

    /// <summary>Which sequence's window lies at a place, and which of them.</summary>
    private (long Sample, int Number, IReadOnlyList<(int Start, int End)>? Windows) Find(long place)
    {
        var (low, high) = (0, cut.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (cut[middle].First <= place) low = middle + 1;
            else high = middle;
        }
        if (low == 0) return (place, 0, null);
        var (sample, first, windows) = cut[low - 1];
        var number = place - first;
        return number < windows.Count ? (sample, (int)number, windows) : (sample + 1 + number - windows.Count, 0, null);
    }

    // Windows are asked for one after the other: a chromosome is not read again for each.
    private Sample Long(long sample)
    {
        lock (guard)
        {
            if (last.Sample is null || last.Index != sample) last = (sample, Draw(inner, sample));
            return last.Sample!;
        }
    }

    /// <summary>What the vector of a sequence cannot know; null for most.</summary>
    private static string? Note(Sample sample, ITokenizer tokenizer) =>
        SequenceNote.Of(sample, () => sample.Sequence.Length > LongestWithoutToken ? null : tokenizer.Encode(sample, new()));

    private static Sample Draw(ISampleSource source, long index) => source.Get(index, new SeededRandom(0, (ulong)index));
}

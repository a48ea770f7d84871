namespace PluginHost.Plugins.Scan.Tracks;

/// <summary>Merges windows that share bases into a number for each base or bin, and equal neighbours into stretches.</summary>
/// <param name="merge">How.</param>
/// <param name="bin">Bases of a bin, counted from the chromosome's start.</param>
/// <param name="put">Receives chromosome, start (0-based), end (half-open) and value, in order; bases in no window are in none.</param>
internal sealed class BaseTrack(Merge merge, int bin, Action<string, long, long, float> put)
{
    private string chromosome = "";
    private long at;
    private int held;
    private double[] sums = [];
    private int[] counts = [];
    private (long Start, long End, double Sum, int Count) open;
    private (long Start, long End, float Value) last;

    /// <summary>Adds a window; those of a chromosome come by their start.</summary>
    /// <param name="name">The chromosome's.</param>
    /// <param name="start">0-based.</param>
    /// <param name="length">Bases.</param>
    /// <param name="values">A number for each base, NaN where there is none; or one for all.</param>
    public void Add(string name, long start, int length, ReadOnlySpan<float> values)
    {
        if (name != chromosome) Finish();
        if (held == 0) (chromosome, at) = (name, start);
        Release(start);
        var from = (int)(start - at);
        Hold(from + length);
        for (var i = 0; i < length; i++)
        {
            var value = values.Length == 1 ? values[0] : values[i];
            if (float.IsNaN(value)) continue;
            ref var sum = ref sums[from + i];
            sum = merge != Merge.Maximum ? sum + value : counts[from + i] == 0 ? value : Math.Max(sum, value);
            counts[from + i]++;
        }
    }

    /// <summary>Hands out what is left.</summary>
    public void Finish()
    {
        Release(at + held);
        CloseBin();
        CloseStretch();
    }

    /// <summary>Hands out the bases before a place: no window that comes covers them.</summary>
    private void Release(long until)
    {
        var done = (int)Math.Min(held, until - at);
        for (var i = 0; i < done; i++)
            if (counts[i] > 0) Take(at + i, merge != Merge.Maximum ? sums[i] / counts[i] : sums[i]);
        Array.Copy(sums, done, sums, 0, held - done);
        Array.Copy(counts, done, counts, 0, held - done);
        Array.Clear(sums, held - done, done);
        Array.Clear(counts, held - done, done);
        (at, held) = (held - done == 0 ? until : at + done, held - done);
    }

    private void Hold(int length)
    {
        held = Math.Max(held, length);
        if (held <= sums.Length) return;
        Array.Resize(ref sums, 2 * held);
        Array.Resize(ref counts, 2 * held);
    }

    private void Take(long place, double value)
    {
        if (open.Count > 0 && place / bin != open.Start / bin) CloseBin();
        open = open.Count == 0 ? (place, place + 1, value, 1)
            : (open.Start, place + 1, merge != Merge.Maximum ? open.Sum + value : Math.Max(open.Sum, value), open.Count + 1);
    }

    private void CloseBin()
    {
        if (open.Count == 0) return;
        var value = (float)(merge != Merge.Maximum ? open.Sum / open.Count : open.Sum);
        if (last.End > last.Start && last.End == open.Start && last.Value == value) last.End = open.End;
        else
        {
            CloseStretch();
            last = (open.Start, open.End, value);
        }
        open = default;
    }

    private void CloseStretch()
    {
        if (last.End > last.Start) put(chromosome, last.Start, last.End, last.Value);
        last = default;
    }
}

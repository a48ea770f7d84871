using PluginHost.Libs.Genomics.Tracks;

namespace PluginHost.Plugins.Scan.Tracks;

/// <summary>Finds where a track is high: contiguous stretches at a threshold or above, near ones joined, short ones left out.</summary>
/// <param name="threshold">Values of at least this are high.</param>
/// <param name="distance">Stretches no farther apart become one peak.</param>
/// <param name="shortest">Fewer bases are no peak.</param>
/// <param name="put">Receives them in order.</param>
internal sealed class PeakCaller(double threshold, long distance, long shortest, Action<Peak> put)
{
    private Peak? open;
    private (double Sum, long Bases) inside, since;

    /// <summary>Peaks so far.</summary>
    public long Count { get; private set; }

    /// <summary>Takes the next stretch of the track.</summary>
    public void Add(string chromosome, long start, long end, float value)
    {
        if (open is not null && (open.Chromosome != chromosome || start - open.End > distance)) Finish();
        var part = (Sum: (double)value * (end - start), Bases: end - start);
        if (value < threshold)
        {
            since = (since.Sum + part.Sum, since.Bases + part.Bases);
            return;
        }
        if (open is null)
        {
            open = new(chromosome, start, end, value, value, (start + end) / 2);
            inside = part;
        }
        else
        {
            inside = (inside.Sum + since.Sum + part.Sum, inside.Bases + since.Bases + part.Bases);
            open = value > open.Maximum ? open with { End = end, Maximum = value, Summit = (start + end) / 2 } : open with { End = end };
        }
        since = default;
    }

    /// <summary>Ends the last peak.</summary>
    public void Finish()
    {
        if (open is { } peak && peak.End - peak.Start >= shortest)
        {
            Count++;
            put(peak with { Mean = (float)(inside.Sum / inside.Bases) });
        }
        (open, since) = (null, default);
    }
}

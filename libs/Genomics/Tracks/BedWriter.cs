using System.Globalization;

namespace PluginHost.Libs.Genomics.Tracks;

/// <summary>
/// Peaks as BED: the six columns every program knows (score 0 to 1000), then maximum and mean of the track and the summit. A comment names
/// them and the coordinate system.
/// </summary>
public sealed class BedWriter
{
    /// <summary>What heads of files with places say of them.</summary>
    public const string Coordinates = "coordinates: 0-based, half-open (BED)";

    private readonly TextWriter writer;
    private readonly string name;
    private readonly float top;
    private long count;

    /// <summary>Begins a file.</summary>
    /// <param name="writer">Receives it; is not closed.</param>
    /// <param name="comments">What was looked for.</param>
    /// <param name="name">Peaks are called so, with a number.</param>
    /// <param name="top">The maximum that scores 1000: 1 for probabilities.</param>
    public BedWriter(TextWriter writer, IEnumerable<string> comments, string name, float top = 1)
    {
        (this.writer, this.name, this.top) = (writer, name, top);
        foreach (var line in comments.Append(Coordinates)) writer.Write($"# {line}\n");
        writer.Write("#chrom\tstart\tend\tname\tscore\tstrand\tmaximum\tmean\tsummit\n");
    }

    /// <summary>Adds a peak.</summary>
    public void Add(Peak peak)
    {
        var score = Math.Clamp((int)Math.Round(1000 * peak.Maximum / top), 0, 1000);
        writer.Write(
            string.Create(CultureInfo.InvariantCulture, $"{peak.Chromosome}\t{peak.Start}\t{peak.End}\t{name}_{++count}\t{score}\t.\t"));
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{peak.Maximum:0.######}\t{peak.Mean:0.######}\t{peak.Summit}\n"));
    }

    /// <summary>Writes what is left; the stream stays open.</summary>
    public void Finish() => writer.Flush();
}

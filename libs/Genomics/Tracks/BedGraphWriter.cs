using System.Globalization;

namespace PluginHost.Libs.Genomics.Tracks;

/// <summary>
/// bedGraph: chromosome, start (0-based), end (half-open) and value between tabs; comments in front say so. Bases without a value have no
/// line.
/// </summary>
/// <param name="writer">Receives it; is not closed.</param>
public sealed class BedGraphWriter(TextWriter writer) : ITrackWriter
{
    /// <summary>Begins a file with comments.</summary>
    /// <param name="writer">Receives it; is not closed.</param>
    /// <param name="comments">What the values are; the coordinate system is said beside.</param>
    public static BedGraphWriter Begin(TextWriter writer, IEnumerable<string> comments)
    {
        foreach (var line in comments.Append(BedWriter.Coordinates)) writer.Write($"# {line}\n");
        return new(writer);
    }

    /// <inheritdoc/>
    public void Add(string chromosome, long start, long end, float value) =>
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{chromosome}\t{start}\t{end}\t{value:R}\n"));

    /// <inheritdoc/>
    public void Finish() => writer.Flush();
}

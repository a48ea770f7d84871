namespace PluginHost.Libs.Genomics.Tracks;

/// <summary>A number for each base of a genome, while it is being written.</summary>
public interface ITrackWriter
{
    /// <summary>Adds a stretch of one value.</summary>
    /// <param name="chromosome">Its name; those of one chromosome come one behind the other.</param>
    /// <param name="start">First base, 0-based; not before the end of the last stretch.</param>
    /// <param name="end">Half-open.</param>
    /// <param name="value">Finite.</param>
    void Add(string chromosome, long start, long end, float value);

    /// <summary>Writes what is left; the stream stays open.</summary>
    void Finish();
}

namespace PluginHost.Libs.Genomics.Tracks;

/// <summary>A stretch of a genome where a track is high.</summary>
/// <param name="Chromosome">Its name.</param>
/// <param name="Start">0-based.</param>
/// <param name="End">Half-open.</param>
/// <param name="Maximum">Of the track in it.</param>
/// <param name="Mean">Over its bases that have a value.</param>
/// <param name="Summit">The base in the middle of the first stretch that has the maximum, 0-based.</param>
public sealed record Peak(string Chromosome, long Start, long End, float Maximum, float Mean, long Summit);

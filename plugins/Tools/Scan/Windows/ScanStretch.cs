using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.Scan.Windows;

/// <summary>A stretch of a genome that is scanned.</summary>
/// <param name="Genome">Where it lies.</param>
/// <param name="Record">Its chromosome.</param>
/// <param name="Start">0-based.</param>
/// <param name="End">Half-open.</param>
internal sealed record ScanStretch(FastaFile Genome, FastaRecord Record, long Start, long End)
{
    /// <summary>Bases.</summary>
    public long Length => End - Start;
}

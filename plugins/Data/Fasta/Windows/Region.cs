using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.Fasta.Windows;

/// <summary>A stretch of a record that belongs to one split: half-open, 0-based. No window leaves its region.</summary>
/// <param name="File">The record's file.</param>
/// <param name="Record">The record.</param>
/// <param name="Start">First base.</param>
/// <param name="End">One past the last base.</param>
internal sealed record Region(FastaFile File, FastaRecord Record, long Start, long End)
{
    /// <summary>What is known of the record: the fields of its samples.</summary>
    public required IReadOnlyDictionary<string, object> Fields { get; init; }

    /// <summary>Bases.</summary>
    public long Length => End - Start;

    /// <summary>
    /// Reads a window of it. Its place is on the genome that the record is, or on that which its header says the record was cut from.
    /// </summary>
    /// <param name="start">First base, counted in the record.</param>
    /// <param name="length">Bases.</param>
    public Sample Read(long start, int length) => new($"{Record.Name}:{start}-{start + length}", File.Read(Record, start, length))
    {
        Fields = Fields,
        Origin = $"{System.IO.Path.GetFileName(File.Path)}, record '{Record.Name}', bases {start}-{start + length}",
        Place = !File.IsDna ? null : RecordPlace.Of(Record) is var whole && start == 0 && length == Record.Length ? whole
            : whole.Within(start, start + length, Record.Length),
    };
}

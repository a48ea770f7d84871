namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>A FASTA file's bases, readable anywhere. Thread-safe.</summary>
public interface IBases
{
    /// <summary>Reads bases as upper-case IUPAC codes, T for U.</summary>
    /// <param name="record">Of this file.</param>
    /// <param name="start">0-based; the destination ends inside the record.</param>
    /// <param name="destination">Where they go.</param>
    void Read(FastaRecord record, long start, Span<char> destination);
}

/// <summary>Bases kept in memory.</summary>
public sealed class PackedBases(TwoBitStore store) : IBases
{
    public void Read(FastaRecord record, long start, Span<char> destination)
    {
        store.Read(record.FirstBase + start, destination);
        var map = record.Ambiguity!;
        var end = start + destination.Length;
        for (var run = map.FirstEndingAfter(start); run < map.Runs && map[run].Start < end; run++)
        {
            var from = (int)(Math.Max(start, map[run].Start) - start);
            var to = (int)(Math.Min(end, map[run].End) - start);
            destination[from..to].Fill(map[run].Code);
        }
    }
}

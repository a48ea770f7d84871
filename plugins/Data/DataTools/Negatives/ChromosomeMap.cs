using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>What one chromosome offers: GC content and N of any stretch at once, and what is taken. Under a byte a base.</summary>
internal sealed class ChromosomeMap
{
    private readonly BitRank gc, unknown, taken;

    /// <summary>Reads the chromosome through.</summary>
    public ChromosomeMap(FastaFile genome, FastaRecord record, Action<long> progress, CancellationToken cancellation)
    {
        Length = record.Length;
        (gc, unknown, taken) = (new(Length), new(Length), new(Length));
        var at = 0L;
        foreach (var piece in FastaPieces.Of(genome, record))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var c in piece.Span)
            {
                if (c is 'C' or 'G') gc.Set(at);
                else if (c is not ('A' or 'T')) unknown.Set(at);
                at++;
            }
            progress(at);
        }
        gc.Finish();
        unknown.Finish();
    }

    /// <summary>Bases.</summary>
    public long Length { get; }

    /// <summary>Marks a stretch as not to be used.</summary>
    public void Take(long start, long end) => taken.Set(Math.Max(0, start), Math.Min(Length, end));

    /// <summary>How many bases are C or G.</summary>
    public int Gc(long start, long end) => gc.Count(start, end);

    /// <summary>Whether a stretch may be used.</summary>
    public bool IsFree(long start, long end, double maxN) => unknown.Count(start, end) <= maxN * (end - start) && !taken.Any(start, end);
}

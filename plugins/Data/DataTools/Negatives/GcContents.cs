using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>GC contents of the records of a genome.</summary>
internal static class GcContents
{
    /// <summary>
    /// The record whose GC content is nearest to that of the whole genome: where DNAGPT's negatives come from (Zhang et al. 2023, S1.3.1).
    /// Of two as near, the first.
    /// </summary>
    /// <param name="genome">All of its records count as the whole.</param>
    /// <param name="among">Those that may be chosen.</param>
    /// <param name="run">Is told of the choice.</param>
    /// <exception cref="DataException">There is no record to choose from.</exception>
    public static FastaRecord Nearest(FastaFile genome, HashSet<FastaRecord> among, ToolRun run)
    {
        var shares = new List<(FastaRecord Record, double Share)>();
        long strong = 0, known = 0;
        foreach (var record in genome.Records)
        {
            var (here, all) = Count(genome, record);
            (strong, known) = (strong + here, known + all);
            if (among.Contains(record) && all > 0) shares.Add((record, (double)here / all));
        }
        if (shares.Count == 0)
            throw new DataException($"{DataFile.Show(genome.Path)}: no record has a site, so --from gc has none to choose from.");
        var whole = (double)strong / known;
        var (nearest, share) = shares.MinBy(s => Math.Abs(s.Share - whole));
        run.Result(string.Create(CultureInfo.InvariantCulture, $"Non-sites come from '{nearest.Name}', whose GC content, {share:P2}, is "
            + $"nearest to the genome's, {whole:P2}."));
        return nearest;
    }

    private static (long Strong, long Known) Count(FastaFile genome, FastaRecord record)
    {
        long strong = 0, known = 0;
        foreach (var piece in FastaPieces.Of(genome, record))
            foreach (var letter in piece.Span)
            {
                if (letter is 'G' or 'C') strong++;
                if (letter is 'A' or 'C' or 'G' or 'T') known++;
            }
        return (strong, known);
    }
}

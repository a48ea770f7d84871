using PluginHost.Libs.Files;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>Opens FASTA files with progress, and finds their records.</summary>
public static class Genome
{
    /// <summary>Reads a file once: every character is checked and the N are located, so that windows need not be looked at twice.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told what is counted, how many so far, and how many there will be.</param>
    public static FastaFile Open(string path, Action<string, long, long?> progress)
    {
        var shown = Path.GetFileName(path);
        return FastaFile.Open(path, progress: (done, total) => progress($"bytes of {shown} read", done, total));
    }

    /// <summary>Finds the record a chromosome's name stands for: as written, or with or without a leading 'chr'.</summary>
    /// <param name="records">The genome's records by name.</param>
    /// <param name="chromosome">As another file writes it.</param>
    /// <param name="where">File and line that names it.</param>
    /// <param name="fasta">The genome, for messages.</param>
    /// <exception cref="DataException">There is no such record.</exception>
    public static FastaRecord Find(IReadOnlyDictionary<string, FastaRecord> records, string chromosome, string where, string fasta) =>
        TryFind(records, chromosome) ?? throw new DataException(
            $"{where}: there is no record '{chromosome}' in {DataFile.Show(fasta)}{Nearest.Hint(chromosome, records.Keys)}; it has: "
                + $"{NameList.Shorten([.. records.Keys])}.");

    /// <summary>As <see cref="Find"/>, or null.</summary>
    public static FastaRecord? TryFind(IReadOnlyDictionary<string, FastaRecord> records, string chromosome) =>
        records.GetValueOrDefault(chromosome)
        ?? records.GetValueOrDefault(chromosome.StartsWith("chr", StringComparison.Ordinal) ? chromosome[3..] : "chr" + chromosome);
}

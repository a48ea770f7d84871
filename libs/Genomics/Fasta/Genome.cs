using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Names;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>A FASTA file whose records are chromosomes, found by the names other files give them.</summary>
public sealed class Genome
{
    private readonly ChromosomeTable<FastaRecord> records = new();

    /// <summary>Takes an open file.</summary>
    public Genome(FastaFile file)
    {
        File = file;
        foreach (var record in file.Records) records.TryAdd(record.Name, record);
    }

    /// <summary>The file.</summary>
    public FastaFile File { get; }

    /// <summary>Reads a file once: every character is checked and the N are located, so that windows need not be looked at twice.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told what is counted, how many so far, and how many there will be.</param>
    public static FastaFile Open(string path, Action<string, long, long?> progress)
    {
        var shown = Path.GetFileName(path);
        return FastaFile.Open(path, progress: (done, total) => progress($"bytes of {shown} read", done, total));
    }

    /// <summary>Finds the record of a chromosome: as written, or as <see cref="ChromosomeName"/> knows it.</summary>
    /// <param name="chromosome">As another file writes it.</param>
    /// <param name="where">File and line that names it.</param>
    /// <exception cref="DataException">There is no such record, or two may be meant.</exception>
    public FastaRecord Find(string chromosome, string where) => TryFind(chromosome, where) ?? throw new DataException(
        $"{where}: there is no record '{chromosome}' in {DataFile.Show(File.Path)}{Nearest.Hint(chromosome, records.Names)}; it has: "
            + $"{NameList.Shorten(records.Names)}.");

    /// <summary>Refuses a stretch that ends behind its chromosome's last base.</summary>
    /// <param name="record">The chromosome.</param>
    /// <param name="end">Half-open.</param>
    /// <param name="where">What names the stretch.</param>
    /// <exception cref="DataException">It does.</exception>
    public void RefuseBeyond(FastaRecord record, long end, string where)
    {
        if (end > record.Length)
            throw new DataException($"{where}: it ends at {end:N0}, but '{record.Name}' has {record.Length:N0} bases in "
                + $"{DataFile.Show(File.Path)}; is it of another assembly?");
    }

    /// <summary>As <see cref="Find"/>, or null where there is none.</summary>
    public FastaRecord? TryFind(string chromosome, string where) => records.TryFind(chromosome, where, out var record) ? record : null;
}

using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Names;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>Reads tables of places (id, region, start, end, strand; 0-based, half-open) as sequences of genomes.</summary>
internal sealed class GenomePlaces(IReadOnlyList<string> files)
{
    private static readonly string[] columns = ["region", "start", "end"];
    private readonly Lazy<ChromosomeTable<(FastaFile File, FastaRecord Record)>> records = new(() => Open(files));

    /// <summary>The FASTA files.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>The sequences of a table's places, read on the strand it names.</summary>
    /// <exception cref="DataException">A column, a record or a place is missing.</exception>
    /// <exception cref="UsageException">No genome is named.</exception>
    public IReadOnlyList<Sample> Read(string path, string[] header)
    {
        var shown = DataFile.Show(path);
        var at = columns.Select(c => Array.FindIndex(header, h => h.Equals(c, StringComparison.OrdinalIgnoreCase))).ToArray();
        if (at.Contains(-1)) throw new DataException($"{shown}:1: there is neither a column 'sequence' nor the columns "
            + $"{string.Join(", ", columns)}; the columns are: {string.Join(", ", header)}.");
        if (files.Count == 0)
            throw new UsageException(
                $"{shown} holds places, not sequences; name the FASTA files they are on with 'genome' ('--genome' on the command line).");
        var (id, strand) = (Array.IndexOf(header, "id"), Array.IndexOf(header, "strand"));
        List<Sample> samples = [];
        using var csv = TableText.Rows(path, null);
        csv.Read();
        while (TableText.Guard(path, csv.Read))
        {
            if (csv.IsBlank()) continue;
            var where = $"{Path.GetFileName(path)}:{csv.LineNumber}";
            if (csv.FieldCount < header.Length || !csv.IsBlank(from: header.Length))
                throw new DataException(
                    $"{where}: the row has {csv.FieldCount} cells but the header has {header.Length}; complete the row.");
            var region = csv.GetString(at[0]);
            var (start, end) = (Number(csv.GetString(at[1]), where), Number(csv.GetString(at[2]), where));
            if (!records.Value.TryFind(region, where, out var found))
                throw new DataException($"{where}: there is no record '{region}' in {NameList.Shorten([.. files.Select(DataFile.Show)])}; "
                    + "name the genome these places are on.");
            if (start < 0 || end <= start || end > found.Record.Length)
                throw new DataException(
                    $"{where}: {region}:{start}-{end} is not on '{found.Record.Name}', which has {found.Record.Length:N0} bases; "
                    + "name the genome these places are on.");
            var sequence = found.File.Read(found.Record, start, checked((int)(end - start)));
            var reverse = strand >= 0 && csv.GetString(strand) == "-";
            samples.Add(new(id >= 0 ? csv.GetString(id) : $"{region}:{start}-{end}",
                reverse ? Iupac.ReverseComplement(sequence) : sequence)
            { Origin = where, Place = new(region, start, end, reverse ? '-' : '+') });
        }
        return samples;
    }

    private static ChromosomeTable<(FastaFile, FastaRecord)> Open(IReadOnlyList<string> files)
    {
        var found = new ChromosomeTable<(FastaFile, FastaRecord)>();
        var owners = new Dictionary<string, FastaFile>(StringComparer.Ordinal);
        foreach (var file in files.Select(f => FastaFile.Open(f)))
            foreach (var record in file.Records)
            {
                if (!found.TryAdd(record.Name, (file, record)))
                    throw new DataException($"{DataFile.Show(file.Path)}: a record '{record.Name}' is in "
                        + $"{DataFile.Show(owners[record.Name].Path)} too; name one genome.");
                owners[record.Name] = file;
            }
        return found;
    }

    private static long Number(string cell, string where) =>
        long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw new DataException($"{where}: '{cell}' is not a place; places are whole numbers, 0-based.");
}

using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Features;
using PluginHost.Libs.Genomics.Names;
using PluginHost.Plugins.DataTools.Rows;
using PluginHost.Plugins.DataTools.Windows;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>A positive by its place.</summary>
/// <param name="Record">Its chromosome.</param>
/// <param name="Window">Its place.</param>
/// <param name="Label">Its label, or null.</param>
/// <param name="Name">Its name, or empty.</param>
internal sealed record Placed(FastaRecord Record, PlacedWindow Window, string? Label, string Name)
{
    private static readonly string[] places = ["start", "end"];
    private static readonly string[] tables = [".csv", ".tsv", ".tab"];

    /// <summary>Reads the places of positives: from a table with chromosome, start and end (0-based, half-open), or BED or GFF.</summary>
    /// <exception cref="DataException">A place is malformed or beyond its chromosome.</exception>
    public static IEnumerable<Placed> Read(FastaFile genome, NegativeOptions options, ToolRun run, CancellationToken cancellation)
    {
        var records = new Genome(genome);
        foreach (var path in PathPatterns.Expand(options.Data, run.Input))
        {
            if (!IsTable(path))
            {
                foreach (var feature in FeatureFile.Read(path))
                    yield return Checked(records.Find(feature.Chromosome, feature.Where),
                        new(feature.Start, feature.End, feature.Strand == '-'), null, feature.Name, feature.Where);
                continue;
            }
            var data = SequenceData.Open([path], options, run);
            var chromosome = data.Columns.FirstOrDefault(ChromosomeName.IsColumn);
            if (chromosome is null || !places.All(data.Columns.Contains))
                throw new DataException($"{DataFile.Show(path)} has no column '{(chromosome is null ? "chromosome"
                    : places.First(c => !data.Columns.Contains(c)))}'; negatives are matched by chromosome, start and end (0-based, "
                    + $"half-open), as 'host data windows' writes them. It has: {NameList.Shorten(data.Columns)}.");
            foreach (var row in data.Rows("positives read", cancellation))
                yield return Checked(
                    records.Find(row.Field(chromosome) ?? "", row.Where),
                    new(Number(row, "start"), Number(row, "end"), row.Field("strand") == "-"), row.Label, row.Field("name")
                        ?? "", row.Where);
        }

        Placed Checked(FastaRecord record, PlacedWindow window, string? label, string name, string where)
        {
            if (window.End <= window.Start || !window.Fits(record))
                throw new DataException($"{where}: {window.Start:N0} to {window.End:N0} is no stretch of '{record.Name}', which has "
                    + $"{record.Length:N0} bases in {DataFile.Show(genome.Path)}; is it of another assembly?");
            return new(record, window, label, name);
        }
    }

    private static bool IsTable(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        if (tables.Contains(Path.GetExtension(name).ToLowerInvariant())) return true;
        var header = LineReader.Read(path, "a table of places", TextFormat.Table, TextFormat.Bed, TextFormat.Gff).First().Text;
        return header.Contains("chrom", StringComparison.Ordinal) && header.Contains("start", StringComparison.Ordinal)
            && !header.StartsWith('#');
    }

    private static long Number(SequenceRow row, string column) =>
        long.TryParse(row.Field(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new DataException($"{row.Where}: the {column} '{row.Field(column)}' is no whole number.");
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Compressed;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.Genomics.Variants;
using PluginHost.Libs.TableFiles;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>Writes scores beside variants: VCF with its lines as they were but for INFO, or a table with a row for each allele.</summary>
internal sealed partial class ScoreFile
{
    private const string Prefix = "PH_";
    private readonly BgzfWriter? packed;
    private readonly TextWriter writer;
    private readonly IReadOnlyList<ScoreColumn> columns;
    private readonly ITableWriter? table;

    /// <summary>Writes the head.</summary>
    /// <exception cref="UsageException">The file has such scores already.</exception>
    public ScoreFile(OutputFile file, Stream stream, VariantReader reader, IReadOnlyList<ScoreColumn> columns, string model)
    {
        this.columns = columns;
        packed = file.Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new BgzfWriter(new KeptOpen(stream)) : null;
        stream = (Stream?)packed ?? stream;
        writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        if (IsVcf(file.Path)) BeginVcf(reader, model, file.Path);
        else table = BeginTable(TableFormat.Of(file.Path), stream, model);
    }

    /// <summary>Whether a name is that of a VCF file, packed or not.</summary>
    public static bool IsVcf(string path) =>
        path.EndsWith(".vcf", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".vcf.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes a line with the scores of each allele; null of one without.</summary>
    public void Add(VariantLine line, double[]?[] scores)
    {
        if (table is null)
        {
            AddVcf(line, scores);
            return;
        }
        for (var a = 0; a < scores.Length; a++)
            table.Add([line.Chromosome, line.Position + 1, Written(line.Reference), Written(line.Alternatives[a]),
                .. columns.Select((_, c) => scores[a] is { } row ? (object?)row[c] : null)]);
    }

    /// <summary>Writes what is left.</summary>
    public void Finish()
    {
        table?.Finish();
        writer.Flush();
        packed?.Dispose();
    }

    private static string Written(string allele) => allele.Length == 0 ? "-" : allele;

    private void BeginVcf(VariantReader reader, string model, string path)
    {
        if (!reader.IsVcf)
            throw new UsageException($"--output {path}: the variants are a table; write .tsv, .csv, .jsonl, .json or .parquet.");
        if (reader.Header.Any(h => h.StartsWith($"##INFO=<ID={Prefix}", StringComparison.Ordinal)))
            throw new UsageException("The variants have scores already (INFO PH_...); take them off first: bcftools annotate -x.");
        foreach (var line in reader.Header)
        {
            if (line.StartsWith("#CHROM", StringComparison.Ordinal))
                foreach (var column in columns)
                    writer.WriteLine(
                        $"##INFO=<ID={Id(column)},Number=A,Type=Float,Description=\"{Quoted(column.Formula)}; {Quoted(model)}\">");
            writer.WriteLine(line);
        }
    }

    private static string Quoted(string text) => text.Replace("\\", "\\\\").Replace("\"", "\\\"");

    private static string Id(ScoreColumn column) => Prefix + NoWord().Replace(column.Name, "_");

    private ITableWriter BeginTable(TableFormat format, Stream stream, string model)
    {
        TableColumn[] all = [new("chromosome", typeof(string)), new("position", typeof(long)), new("ref", typeof(string)),
            new("alt", typeof(string)), .. columns.Select(c => new TableColumn(c.Name, typeof(double)))];
        if (format.Kind == TableKind.Bed)
            throw new UsageException("--output must end in .vcf, .tsv, .csv, .jsonl or .json (and .gz after it), or in .parquet.");
        return TableFile.Begin(stream, writer, format.Kind, all,
            [$"model: {model}", "position: counted from 1, on the forward strand", .. columns.Select(c => $"{c.Name}: {c.Formula}")]);
    }

    private void AddVcf(VariantLine line, double[]?[] scores)
    {
        if (scores.All(s => s is null))
        {
            writer.WriteLine(line.Text);
            return;
        }
        var cells = line.Text.Split('\t');
        var added = columns.Select((column, c) => $"{Id(column)}={string.Join(',', scores.Select(s => s is null ? "." : Number(s[c])))}");
        cells[7] = (cells[7] == "." ? "" : cells[7] + ";") + string.Join(';', added);
        writer.WriteLine(string.Join('\t', cells));
    }

    private static string Number(double value) =>
        double.IsFinite(value) ? ((float)value).ToString("R", CultureInfo.InvariantCulture) : ".";

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NoWord();
}

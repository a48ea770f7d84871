using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.DataTools.Rows;

/// <summary>One or more tables with the same header, or FASTA files, read row by row as often as wanted.</summary>
internal sealed class SequenceData
{
    private readonly IReadOnlyList<string> paths;
    private readonly RowOptions options;
    private readonly IReadOnlyList<FastaFile> genomes;
    private readonly ToolRun run;

    private SequenceData(IReadOnlyList<string> paths, RowOptions options, IReadOnlyList<FastaFile> genomes, ToolRun run)
    {
        (this.paths, this.options, this.genomes, this.run) = (paths, options, genomes, run);
        Labelled = genomes.Count > 0 && options.Label != "none" && AreLabelled();
    }

    /// <summary>The files, in the order given.</summary>
    public IReadOnlyList<string> Paths => paths;

    /// <summary>Whether the rows are those of tables.</summary>
    public bool IsTable => genomes.Count == 0;

    /// <summary>A table's header as written; null for FASTA.</summary>
    public byte[]? Header { get; private set; }

    /// <summary>What separates a table's cells.</summary>
    public char Separator { get; private set; }

    /// <summary>Whether rows have labels.</summary>
    public bool Labelled { get; private set; }

    /// <summary>What a file with some of the rows is called: <c>.csv</c>, <c>.tsv</c> or <c>.fa</c>.</summary>
    public string Extension => !IsTable ? ".fa" : Separator == '\t' ? ".tsv" : ".csv";

    /// <summary>Names of a table's columns.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Opens files; tables are read as far as the header.</summary>
    /// <exception cref="DataException">
    /// A file is missing or malformed, tables have different headers, or tables and FASTA are mixed.
    /// </exception>
    public static SequenceData Open(IReadOnlyList<string> paths, RowOptions options, ToolRun run)
    {
        var full = PathPatterns.Expand(paths, run.Input);
        var fasta = full.Select(IsFasta).ToList();
        if (fasta.Distinct().Count() > 1)
            throw new DataException($"{DataFile.Show(full[fasta.IndexOf(true)])} is FASTA but {DataFile.Show(full[fasta.IndexOf(false)])} "
                + "is a table; give files of one kind.");
        if (fasta[0])
            return new(full, options, [.. full.Select(p => Genome.Open(p, run.Progress))], run);
        var data = new SequenceData(full, options, [], run);
        foreach (var path in full) data.ReadHeader(path);
        return data;
    }

    /// <summary>The rows of all files in order.</summary>
    /// <param name="what">What the progress counts, for example "rows read"; null for no progress.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public IEnumerable<SequenceRow> Rows(string? what, CancellationToken cancellation)
    {
        var number = 0L;
        foreach (var row in IsTable ? TableRows() : FastaRows())
        {
            cancellation.ThrowIfCancellationRequested();
            if (what is not null && (++number & 0x3FF) == 0) run.Progress(what, number, null);
            yield return row;
        }
    }

    /// <summary>Whether all names end in a label, or none does: labels are not dropped because one record lacks its own.</summary>
    private bool AreLabelled()
    {
        var (labelled, all) = (genomes.Sum(g => g.Records.LongCount(IsLabelled)), genomes.Sum(g => (long)g.Records.Count));
        if (labelled == 0 || labelled == all) return labelled > 0;
        var (file, without) = genomes.SelectMany(g => g.Records.Select(r => (g, r))).First(x => !IsLabelled(x.r));
        var where = $"{DataFile.Show(file.Path)}:{without.Line}";
        if (2 * labelled > all)
            throw new DataException($"{where}: the record '{without.Name}' has no label, but {labelled:N0} of {all:N0} records have one "
                + "behind the last '|' of their name; add it, or leave all labels out with --label none.");
        run.Warn($"{where}: the record '{without.Name}' has no '|' in its name, as {all - labelled:N0} of {all:N0} records: none is taken "
            + "for labelled.");
        return false;
    }

    private static bool IsLabelled(FastaRecord record) => record.Name.IndexOf('|') is > 0 and var bar && bar < record.Name.Length - 1;

    private IEnumerable<SequenceRow> TableRows()
    {
        var number = 0L;
        foreach (var path in paths)
            foreach (var (sample, written) in TableReader.Stream(path, options.Layout))
                yield return new TableSequenceRow(number++, sample, written);
    }

    private IEnumerable<SequenceRow> FastaRows()
    {
        var number = 0L;
        foreach (var genome in genomes)
            foreach (var record in genome.Records)
                yield return new FastaSequenceRow(number++, genome, record, Labelled);
    }

    private void ReadHeader(string path)
    {
        using var first = TableReader.Stream(path, options.Layout, (header, separator, labelled) =>
        {
            if (Header is null) (Header, Separator, Labelled) = (header, separator, labelled);
            else if (!header.AsSpan().SequenceEqual(Header))
                throw new DataException($"{DataFile.Show(path)} has another header than {DataFile.Show(paths[0])}; give tables with the "
                    + "same columns in the same order.");
        }).GetEnumerator();
        first.MoveNext();
        if (Columns.Count == 0)
            Columns = [.. System.Text.Encoding.UTF8.GetString(Header!).TrimStart('\uFEFF').Split(Separator)
                .Select(c => c.Trim().Trim('"'))];
    }

    private static bool IsFasta(string path)
    {
        if (Directory.Exists(path)) throw new DataException(ForeignFolder.Explain(path, "a table or FASTA file")
            ?? $"{DataFile.Show(path)} is a folder; name the files in it.");
        return FastaFile.Begins(FileHead.Read(path));
    }
}

using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.TableFiles;
using PluginHost.Libs.TableFiles.Numpy;
using PluginHost.Libs.Tools;

namespace PluginHost.Plugins.Interpret.Tables;

/// <summary>How tables of bases are written.</summary>
public enum BaseTableFormat
{
    /// <summary>Cells between tabs.</summary>
    Tsv,

    /// <summary>Cells between commas.</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    Jsonl,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>numpy's arrays, one a column.</summary>
    Npz,
}

/// <summary>A table with a row for each base of each sequence: id, place on a genome where it is known, position, base, and more.</summary>
internal sealed class BaseTable : IDisposable
{
    private readonly StreamWriter writer;
    private readonly ITableWriter table;

    /// <param name="folder">Receives it.</param>
    /// <param name="stem">Its file's name without the ending.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="comments">Sentences about it.</param>
    /// <param name="columns">Behind those of the base.</param>
    public BaseTable(ResultFolder folder, string stem, BaseTableFormat format, IReadOnlyList<string> comments,
        IReadOnlyList<TableColumn> columns)
    {
        writer = folder.Write($"{stem}.{format.ToString().ToLowerInvariant()}");
        TableColumn[] all =
        [
            new("id", typeof(string)), new("chromosome", typeof(string)), new("start", typeof(long)), new("strand", typeof(string)),
            new("position", typeof(long)), new("base", typeof(string)), .. columns,
        ];
        table = format == BaseTableFormat.Npz
            ? new NpzTable(Path.GetDirectoryName(((FileStream)writer.BaseStream).Name)!, writer.BaseStream, all)
            : TableFile.Begin(writer.BaseStream, writer, format switch
            {
                BaseTableFormat.Csv => TableKind.Csv,
                BaseTableFormat.Jsonl => TableKind.Jsonl,
                BaseTableFormat.Parquet => TableKind.Parquet,
                _ => TableKind.Tsv,
            }, all,
            [.. comments, "position: in the sequence as it was read, 0-based. start: on the chromosome's forward strand, 0-based; empty "
            + "where it is not known."]);
    }

    /// <summary>Adds the bases of a sequence.</summary>
    /// <param name="sample">The sequence.</param>
    /// <param name="cells">The further cells of a base, by its position.</param>
    public void Add(Sample sample, Func<int, IEnumerable<object?>> cells)
    {
        var length = sample.Sequence.Length;
        for (var i = 0; i < length; i++)
        {
            var place = sample.Place?.Within(i, i + 1, length);
            table.Add([sample.Id, place?.Chromosome, place?.Start, place is null ? null : $"{place.Strand}", (long)i,
                $"{sample.Sequence[i]}", .. cells(i)]);
        }
    }

    /// <summary>A number's cell; nothing where it is none.</summary>
    public static object? Number(float value) => float.IsFinite(value) ? value : null;

    /// <summary>Writes what is left.</summary>
    public void Finish() => table.Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        (table as IDisposable)?.Dispose();
        writer.Dispose();
    }
}

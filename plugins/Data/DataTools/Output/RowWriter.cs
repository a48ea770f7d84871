using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Compressed;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Plugins.DataTools.Output;

/// <summary>
/// Writes labelled sequences as a table or as FASTA, told by the file's name; packed as bgzip where it ends in .gz. The file appears whole
/// or not at all.
/// </summary>
internal sealed class RowWriter
{
    private readonly Stream output;
    private readonly char separator;
    private readonly bool fasta, labelled;
    private readonly IReadOnlyList<string> columns, constants;

    private RowWriter(Stream output, OutputFile file, bool labelled, IReadOnlyList<string> columns, IReadOnlyList<string> added)
    {
        (this.output, this.labelled) = (output, labelled);
        (var names, constants) = Constants.Read(added);
        this.columns = [.. columns, .. names];
        fasta = Kind(file) == ".fa";
        separator = Kind(file) == ".tsv" ? '\t' : ',';
        if (!fasta) WriteLine([.. (string[])(labelled ? ["sequence", "label"] : ["sequence"]), "id", .. this.columns]);
    }

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Bases written.</summary>
    public long Bases { get; private set; }

    /// <summary>Writes a file.</summary>
    /// <param name="file">Ends in .csv, .tsv, .fa, .fasta or .fna, and .gz after that if it is to be packed.</param>
    /// <param name="labelled">Whether rows have labels.</param>
    /// <param name="columns">Names of the columns after sequence, label and id; a FASTA header has them as <c>name=value</c>.</param>
    /// <param name="added">Further columns, the same in every row, as <c>NAME=VALUE</c>.</param>
    /// <param name="write">Adds the rows.</param>
    /// <exception cref="DataException">No row was added.</exception>
    public static void Write(OutputFile file, bool labelled, IReadOnlyList<string> columns, IReadOnlyList<string> added,
        Action<RowWriter> write)
    {
        WritePacked(file, stream =>
        {
            var writer = new RowWriter(stream, file, labelled, columns, added);
            write(writer);
            if (writer.Rows == 0)
                throw new DataException($"{file.Path} would be empty: nothing is left after what was asked for. Nothing was written.");
        });
    }

    /// <summary>Writes a file as it comes, packed if its name says so.</summary>
    public static void WritePacked(OutputFile file, Action<Stream> write) => file.Write(stream =>
    {
        using var output = file.Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new BgzfWriter(new KeptOpen(stream))
            : (Stream)new BufferedStream(new KeptOpen(stream), 1 << 16);
        write(output);
    });

    /// <summary>Refuses a name that tells no format, before any work is done.</summary>
    public static void Check(OutputFile file)
    {
        if (Kind(file) is null)
            throw new UsageException($"--output {file.Path}: the name must end in .csv, .tsv or .fa (and .gz after it, to pack it).");
    }

    /// <summary>Adds a row.</summary>
    /// <param name="id">Its name; unique.</param>
    /// <param name="sequence">Its bases.</param>
    /// <param name="label">Its label, where rows have labels.</param>
    /// <param name="given">A cell for each of the columns.</param>
    public void Add(string id, string sequence, string? label, params ReadOnlySpan<string> given)
    {
        string[] cells = [.. given, .. constants];
        Rows++;
        Bases += sequence.Length;
        if (!fasta)
        {
            WriteLine([.. labelled ? (string[])[sequence, label ?? ""] : [sequence], id, .. cells]);
            return;
        }
        var header = new System.Text.StringBuilder(labelled ? $"{id}|{label}" : id);
        header.Replace(' ', '_');
        for (var i = 0; i < cells.Length; i++) if (cells[i].Length > 0) header.Append($" {columns[i]}={cells[i]}");
        var writer = new FastaWriter(output);
        writer.Begin(header.ToString());
        writer.Write(sequence);
        writer.End();
    }

    private void WriteLine(IEnumerable<string> cells) =>
        output.Write(System.Text.Encoding.UTF8.GetBytes(string.Join(separator, cells.Select(Cell)) + "\n"));

    private string Cell(string cell) => cell.Contains(separator) || cell.Contains('"') || cell.AsSpan().ContainsAny('\n', '\r')
        ? $"\"{cell.Replace("\"", "\"\"")}\""
        : cell;

    /// <summary>.csv, .tsv or .fa; null where the name tells none. A stream whose name has no ending is CSV.</summary>
    public static string? Kind(OutputFile file)
    {
        var name = Path.GetFileName(file.Path).ToLowerInvariant();
        if (file.IsStream && !name.Contains('.')) return ".csv";
        if (name.EndsWith(".gz", StringComparison.Ordinal)) name = name[..^3];
        return Path.GetExtension(name) switch
        {
            ".csv" => ".csv",
            ".tsv" or ".tab" => ".tsv",
            ".fa" or ".fasta" or ".fna" => ".fa",
            _ => null,
        };
    }
}

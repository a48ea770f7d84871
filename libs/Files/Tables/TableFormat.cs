namespace PluginHost.Libs.Files.Tables;

/// <summary>The kinds of tables there are.</summary>
public enum TableKind
{
    /// <summary>Cells between tabs; a tab or a line's end in a cell becomes a space.</summary>
    Tsv,

    /// <summary>Cells between commas, quoted where they must be (RFC 4180).</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    Jsonl,

    /// <summary>A JSON array of objects.</summary>
    Json,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>BED: rows by their place on a genome.</summary>
    Bed,
}

/// <summary>The format of a table, told by the ending of its file's name.</summary>
/// <param name="Kind">What is between the cells.</param>
/// <param name="IsPacked">Whether it is packed as bgzip, which every program for gzip reads.</param>
public readonly record struct TableFormat(TableKind Kind, bool IsPacked)
{
    private const string Packed = ".gz";

    private static readonly (string Ending, TableKind Kind)[] endings =
    [
        (".tsv", TableKind.Tsv), (".tab", TableKind.Tsv), (".csv", TableKind.Csv), (".jsonl", TableKind.Jsonl),
            (".ndjson", TableKind.Jsonl),
        (".json", TableKind.Json), (".parquet", TableKind.Parquet), (".bed", TableKind.Bed),
    ];

    /// <summary>The format that a name tells; a name without an ending, as pipes have, tells TSV.</summary>
    /// <exception cref="UsageException">It ends in something else.</exception>
    public static TableFormat Of(string path)
    {
        var name = Path.GetFileName(path).ToLowerInvariant();
        if (!name.Contains('.') || path == Outputs.OutputFile.Standard) return new(TableKind.Tsv, false);
        var packed = name.EndsWith(Packed, StringComparison.Ordinal);
        var ending = Path.GetExtension(packed ? name[..^Packed.Length] : name);
        foreach (var (known, kind) in endings)
            if (ending == known && !(packed && kind == TableKind.Parquet)) return new(kind, packed);
        throw new UsageException($"--output {path}: the name must end in .tsv, .csv, .jsonl, .json or .bed (and .gz after it, to pack it), "
            + "or in .parquet.");
    }
}

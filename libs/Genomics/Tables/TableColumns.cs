namespace PluginHost.Libs.Genomics.Tables;

/// <summary>Which column of a table is what.</summary>
public sealed record TableColumns
{
    private const string None = "none";
    private const int ShortestDna = 12;

    /// <summary>Columns of the header.</summary>
    public required int Count { get; init; }

    /// <summary>Columns up to the last one with a name: spreadsheets leave separators behind it, in some rows or all.</summary>
    public required int Named { get; init; }

    /// <summary>Indices of chromosome, start and end; null where the table has not all of them.</summary>
    public required (int Chromosome, int Start, int End)? Place { get; init; }

    /// <summary>Index of the strand, or -1.</summary>
    public required int Strand { get; init; }

    /// <summary>Index of the sequence.</summary>
    public required int Sequence { get; init; }

    /// <summary>Index of the label, or -1.</summary>
    public required int Label { get; init; }

    /// <summary>Index of the second sequence, or -1.</summary>
    public required int Pair { get; init; }

    /// <summary>Index of the sample's name, or -1.</summary>
    public required int Id { get; init; }

    /// <summary>
    /// Names of the fields a sample gets: every column but the sequence and those that vectors are made of, the label's under the name
    /// everyone knows.
    /// </summary>
    public required string[] Fields { get; init; }

    /// <summary>Column of each field.</summary>
    public required int[] FieldColumns { get; init; }

    /// <summary>Fields of several numbers, behind the others.</summary>
    public required IReadOnlyList<VectorColumns> Vectors { get; init; }

    /// <summary>Finds the columns.</summary>
    /// <exception cref="DataException">A column is missing or named twice, or there is no header.</exception>
    public static TableColumns Find(string[] header, TableLayout layout, bool labelRequired, string where, char separator)
    {
        if (header.Any(LooksLikeDna))
            throw new DataException($"{where}: the first row holds a sequence, but must name the columns; add a header such as "
                + $"'{layout.Sequence},{layout.Label}'.");
        var names = header.Select((name, i) => name.Length > 0 ? name : $"column{i + 1}").ToArray();
        CheckTwice(names, where);

        var sequence = Index(layout.Sequence, nameof(layout.Sequence));
        var noLabel = string.Equals(layout.Label, None, StringComparison.OrdinalIgnoreCase);
        var label = noLabel ? -1 : labelRequired || layout.Label != "label" ? Index(layout.Label, nameof(layout.Label))
            : Search(layout.Label);
        var vectors = VectorColumns.Find(layout.Vectors, names, where);
        var grouped = vectors.SelectMany(v => v.Columns).ToHashSet();
        var fields = Enumerable.Range(0, names.Length).Where(i => i != sequence && (!grouped.Contains(i) || i == label)).ToArray();
        if (vectors.Select(v => v.Name).FirstOrDefault(v => fields.Any(i => v == (i == label ? Sample.LabelField : names[i]))) is { } taken)
            throw new DataException(
                $"{where}: the vector '{taken}' has the name of a column that is no part of it; call it otherwise under 'vectors'.");
        return new()
        {
            Count = names.Length,
            Named = Array.FindLastIndex(header, name => name.Length > 0) + 1,
            Place = PlaceOf(names),
            Strand = Search("strand"),
            Sequence = sequence,
            Label = label,
            Pair = layout.Pair is null ? -1 : Index(layout.Pair, nameof(layout.Pair)),
            Id = layout.Id is null ? -1 : Index(layout.Id, nameof(layout.Id)),
            Vectors = vectors,
            FieldColumns = fields,
            Fields = [.. fields.Select(i => i == label ? Sample.LabelField : names[i])],
        };

        int Index(string column, string option)
        {
            var found = Search(column);
            if (found >= 0) return found;
            var written = layout.Option(option.ToLowerInvariant(), "NAME");
            var unlabelled = option == nameof(layout.Label) ? $", or {layout.Option("label", None)} if there are none" : "";
            throw new DataException(
                $"{where}: there is no column '{column}'{Nearest.Hint(column, names)}; the columns are: {string.Join(", ", names)} "
                    + $"(separated by {Separators.Show(separator)}). "
                + $"Rename it{(written.Length == 0 ? "." : $", or say which one it is with {written}{unlabelled}.")}");
        }

        int Search(string column)
        {
            var exact = Array.IndexOf(names, column);
            return exact >= 0 ? exact : Array.FindIndex(names, n => string.Equals(n, column, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>The columns of a place on a genome, by the names that are usual for them.</summary>
    private static (int, int, int)? PlaceOf(string[] names)
    {
        int Find(params ReadOnlySpan<string> usual)
        {
            foreach (var name in usual)
                if (Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at) return at;
            return -1;
        }
        var (chromosome, start, end) = (Find("chromosome", "chrom", "chr", "region"), Find("start"), Find("end"));
        return chromosome >= 0 && start >= 0 && end >= 0 ? (chromosome, start, end) : null;
    }

    /// <summary>Refuses a name that two columns have.</summary>
    public static void CheckTwice(IEnumerable<string> names, string where)
    {
        if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DataException($"{where}: two columns are called '{twice.Key}'; rename one.");
    }

    private static bool LooksLikeDna(string cell) =>
        cell.Length >= ShortestDna && cell.AsSpan().IndexOfAnyExcept("ACGTUNacgtun") < 0;
}

using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.Tables.Rows;

/// <summary>
/// Rows of CSV or TSV tables: a sequence each, with a label and whatever other columns say. Files are read, all of them, when first needed.
/// </summary>
internal sealed class TableSource : IDataSource
{
    private readonly TableOptions options;
    private readonly IReadOnlyList<(Split Split, string Path)> files;
    private readonly string? anySplit;
    private readonly IReadOnlyList<string> joins;
    private readonly Lazy<(IReadOnlyList<(Split Split, IReadOnlyList<Sample> Samples)> Splits, IReadOnlyList<Sample>? Any,
        IReadOnlyList<string> Notes)> data;
    private readonly SortedSet<Split> served = [];
    private readonly Dictionary<Split, IReadOnlyList<string>> leftOut = [];
    private readonly TableLayout layout;

    /// <param name="options">Validated.</param>
    /// <param name="resolve">Resolves a relative path.</param>
    /// <param name="written">How an option is written where the user wrote them, as <see cref="BuildContext.Written"/> has it.</param>
    public TableSource(TableOptions options, Func<string, string> resolve, Func<string, string, string>? written = null)
    {
        this.options = options;
        layout = written is null ? options.Layout : options.Layout with
        {
            Option = (option, value) => written(option, value) is { Length: > 0 } text ? $"'{text}'" : "",
        };
        files = TableFiles.Find(options, resolve);
        anySplit = options.Path is null ? null : Path.GetFullPath(resolve(options.Path));
        joins = [.. options.Join.Select(j => Path.GetFullPath(resolve(j.Path)))];
        Files = [.. anySplit is null ? files.Select(f => f.Path) : [anySplit], .. joins];
        data = new(Load);
    }

    /// <inheritdoc/>
    public bool IsDivided => anySplit is null || options.DevShare > 0 || options.TestShare > 0;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes
    {
        get
        {
            var notes = data.Value.Notes;
            lock (served)
                return served.Count < 2 ? notes
                    : [.. notes, $"{DataFile.Show(anySplit!)} serves as {string.Join(" and ", served.Select(TableNotes.Name))} alike: "
                        + "scores on it are not held out. 'devShare' and 'testShare' hold rows out."];
        }
    }

    /// <inheritdoc/>
    public ISampleSource? Open(Split split)
    {
        var (splits, any, _) = data.Value;
        if (any is not null)
        {
            lock (served) served.Add(split);
            return new TableRowSource(any, leftOut[Split.Train]);
        }
        var found = splits.FirstOrDefault(s => s.Split == split).Samples;
        return found is null ? null : new TableRowSource(found, leftOut.GetValueOrDefault(split));
    }

    private (IReadOnlyList<(Split, IReadOnlyList<Sample>)>, IReadOnlyList<Sample>?, IReadOnlyList<string>) Load()
    {
        var joined = joins.Zip(options.Join, (path, join) => JoinedTable.Read(path, join.On, join.Vectors, options.Separator)).ToList();
        var divided = options.DevShare > 0 || options.TestShare > 0;
        if (anySplit is not null)
        {
            var rows = TableReader.Read(anySplit, layout, joined, labelRequired: false);
            leftOut[Split.Train] = rows.LeftOut;
            if (divided) return Divided(rows, []);
            return ([], rows.Samples,
            [
                rows.Describe(), .. rows.LeftOut,
                .. TableNotes.Describe(Split.Train, rows.Samples, options.Pair).Select(n => n.Replace("train: ", "")),
            ]);
        }
        var tables = files.Select(f => (f.Split, Rows: TableReader.Read(f.Path, layout, joined, labelRequired: true))).ToList();
        foreach (var (split, rows) in tables) leftOut[split] = rows.LeftOut;
        if (divided)
        {
            foreach (var (split, share) in ((Split, double)[])[(Split.Dev, options.DevShare), (Split.Test, options.TestShare)])
                if (share > 0 && tables.Exists(t => t.Split == split))
                    throw new UsageException($"{TableNotes.Name(split)}Share is set, but "
                        + $"{DataFile.Show(tables.Find(t => t.Split == split).Rows.Path)} holds the split {TableNotes.Name(split)}; "
                        + "leave one out.");
            if (tables.FindIndex(t => t.Split == Split.Train) is var train and >= 0)
                return Divided(tables[train].Rows, [.. tables.Where((_, i) => i != train)]);
            throw new DataException(
                $"devShare and testShare are taken from the training file, but {DataFile.Show(options.Folder!)} has none.");
        }
        return Described([.. tables.Select(t => (t.Split, t.Rows.Samples))], tables.Select(t => t.Rows));
    }

    private (IReadOnlyList<(Split, IReadOnlyList<Sample>)>, IReadOnlyList<Sample>?, IReadOnlyList<string>) Divided(TableRows train,
        IReadOnlyList<(Split Split, TableRows Rows)> others)
    {
        var parts = RowSplit.Divide(train.Samples, options, DataFile.Show(train.Path));
        return Described(
            [.. parts.Concat(others.Select(o => (o.Split, o.Rows.Samples))).OrderBy(p => p.Item1)],
            [train, .. others.Select(o => o.Rows)]);
    }

    private (IReadOnlyList<(Split, IReadOnlyList<Sample>)>, IReadOnlyList<Sample>?, IReadOnlyList<string>) Described(
        IReadOnlyList<(Split Split, IReadOnlyList<Sample> Samples)> splits, IEnumerable<TableRows> tables) => (splits, null,
    [
        .. tables.SelectMany(t => t.LeftOut.Prepend(t.Describe())),
        .. splits.SelectMany(s => TableNotes.Describe(s.Split, s.Samples, options.Pair)),
        .. TableNotes.Leaks(splits, options.Pair),
    ]);
}

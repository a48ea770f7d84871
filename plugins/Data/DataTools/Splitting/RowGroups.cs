using System.IO.Enumeration;
using System.Text.RegularExpressions;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Leakage;
using PluginHost.Libs.Genomics.Names;
using PluginHost.Libs.Genomics.Trees;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Splitting;

/// <summary>What a first reading of the data tells of its rows.</summary>
/// <param name="Groups">The group of each row, numbered from 0.</param>
/// <param name="Names">Names of the groups; empty when they have none.</param>
/// <param name="Labels">The label of each row, numbered from 0.</param>
/// <param name="LabelNames">Names of the labels; one empty name when rows have none.</param>
/// <param name="Weights">Rows count 1; records of unlabelled FASTA their bases.</param>
internal sealed record RowGroups(
    IReadOnlyList<int> Groups, IReadOnlyList<string> Names, IReadOnlyList<int> Labels, IReadOnlyList<string> LabelNames,
        IReadOnlyList<long> Weights)
{
    private static readonly string[] chromosomeColumns = ["chromosome", "chrom"];

    /// <summary>The value of each row in the column of <c>--cross</c>, numbered from 0; empty without.</summary>
    public IReadOnlyList<int> Crossed { get; private init; } = [];

    /// <summary>Names of these values.</summary>
    public IReadOnlyList<string> CrossedNames { get; private init; } = [];

    /// <summary>Whether groups are chromosomes, which may have two names.</summary>
    public bool AreChromosomes { get; private init; }

    /// <summary>How many groups there are.</summary>
    public int Count { get; } = Groups.Count == 0 ? 0 : Groups.Max() + 1;

    /// <summary>Whether a group is meant by what a user wrote: a name, or a pattern with * or ?.</summary>
    public bool IsMeant(int group, string written) => AreChromosomes ? ChromosomeName.Matches(written, Names[group])
        : FileSystemName.MatchesSimpleExpression(written, Names[group], ignoreCase: false);

    /// <summary>Reads the data once.</summary>
    public static RowGroups Read(SequenceData data, SplitOptions options, ToolRun run, CancellationToken cancellation)
    {
        var closeness = options.Edits is { } edits ? Closeness.ByEdits(edits) : Closeness.ByIdentity(options.Identity);
        var clusters = options.By is SplitBy.Random or SplitBy.Identity
            ? new SequenceClusters(options.By == SplitBy.Identity ? closeness : null) : null;
        var keys = clusters is null ? Key(data, options) : null;
        var chromosomes = options.By == SplitBy.Chromosome || (options.By == SplitBy.Record && options.Column is { } column
            && ChromosomeName.IsColumn(column));
        var (groups, names) = (new List<int>(), new Numbered(chromosomes ? ChromosomeName.Comparer : StringComparer.Ordinal));
        var (labels, labelNames) = (new List<int>(), new Numbered(StringComparer.Ordinal));
        var weights = new List<long>();
        var (crossed, crossedNames) = (new List<int>(), new Numbered(StringComparer.Ordinal));
        var cross = options.Cross is { } across ? Column(data, across) : null;
        foreach (var row in data.Rows("rows read", cancellation))
        {
            if (clusters is not null) clusters.Add(row.Sequence);
            else groups.Add(names.Of(keys!(row)));
            labels.Add(labelNames.Of(row.Label ?? ""));
            if (cross is not null) crossed.Add(crossedNames.Of(cross(row)));
            weights.Add(data.IsTable || data.Labelled ? 1 : row.Length);
        }
        if (clusters is not null)
        {
            if (options.By == SplitBy.Identity) run.Say($"{clusters.Unique:N0} different sequences; looking for {closeness}.");
            groups = [.. clusters.Groups((done, total) =>
            {
                cancellation.ThrowIfCancellationRequested();
                run.Progress("sequences compared", done, total);
            })];
        }
        foreach (var (name, first) in names.Others) run.Say($"'{name}' and '{first}' are one chromosome and stay together.");
        if (options.By == SplitBy.Record)
            foreach (var (name, first) in ChromosomeName.Repeated(names.Names))
                run.Warn($"'{name}' and '{first}' may be one chromosome, but are two groups here; --by chromosome keeps them together.");
        return new(groups, clusters is null ? names.Names : [], labels, labelNames.Names, weights)
        {
            Crossed = crossed,
            CrossedNames = crossedNames.Names,
            AreChromosomes = chromosomes
        };
    }

    private static Func<SequenceRow, string> Key(SequenceData data, SplitOptions options)
    {
        var column = options.Column
            ?? (options.By == SplitBy.Chromosome ? chromosomeColumns.FirstOrDefault(c => data.Columns.Contains(c)) : null);
        if (options.Pattern is not null) column = null;
        if (column is null && options.Pattern is null && data.IsTable && options.Id is null)
            throw new UsageException($"--by {options.By.ToString().ToLowerInvariant()} needs to know which: name a column with --column or "
                + $"--id; {DataFile.Show(data.Paths[0])} has: {string.Join(", ", data.Columns)}.");
        var named = options.Pattern is { } pattern ? Matching(pattern) : column is null ? row => row.Id : Column(data, column);
        return options.By switch
        {
            SplitBy.Chromosome when column is null && options.Pattern is null => row => Chromosome(row.Id),
            SplitBy.Clade => Clades(options, named),
            _ => named,
        };
    }

    private static Func<SequenceRow, string> Matching(string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return row => regex.Match(row.Header) is { Success: true } match
            ? match.Groups.Count > 1 ? match.Groups[1].Value : match.Value
            : throw new DataException($"{row.Where}: '{pattern}' is not found in '{row.Header}'; change --pattern or remove the row.");
    }

    private static Func<SequenceRow, string> Column(SequenceData data, string column)
    {
        if (!data.IsTable)
            throw new DataException(
                $"{DataFile.Show(data.Paths[0])} is FASTA, which has no columns; go by the records' names, or give a table.");
        if (!data.Columns.Contains(column))
            throw new DataException($"{DataFile.Show(data.Paths[0])} has no column '{column}'{Nearest.Hint(column, data.Columns)}; it has: "
                + $"{string.Join(", ", data.Columns)}.");
        return row => row.Field(column) is { Length: > 0 } value ? value
            : throw new DataException($"{row.Where}: the column '{column}' is empty; fill it in or remove the row.");
    }

    /// <summary><c>chr2R:100-610</c> is on <c>chr2R</c>; a whole record is its own chromosome.</summary>
    private static string Chromosome(string name) => name.IndexOf(':') is > 0 and var colon ? name[..colon] : name;

    private static Func<SequenceRow, string> Clades(SplitOptions options, Func<SequenceRow, string> named)
    {
        var tree = NewickTree.Read(options.Tree!);
        var clades = tree.Clades(options.Depth);
        return row =>
        {
            var leaf = named(row);
            if (clades.TryGetValue(leaf, out var clade)) return clade;
            var leaves = tree.Leaves.Select(l => l.Name).ToList();
            throw new DataException(
                $"{row.Where}: '{leaf}' is no leaf of {DataFile.Show(tree.Path)}{Nearest.Hint(leaf, leaves)}; its leaves are: "
                    + $"{NameList.Shorten(leaves)}. Rename one or the other, or remove the row.");
        };
    }
}

using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Plugins.DataTools.Output;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Splitting;

/// <summary><c>host data split</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class SplitTool(SplitOptions options, BuildContext build) : DataTool(build)
{
    private const int MostLabels = 100;
    private const double Noticeable = 0.03;
    private static readonly string[] splits = ["train", "dev", "test"];

    private const string RecordName = "split.json";

    protected override IEnumerable<string?> Inputs => [.. options.Data, options.Tree];

    /// <summary>The files of a folder that an earlier run made; null where none did.</summary>
    internal static IReadOnlyCollection<string>? Made(string folder) => MadeFiles.Of(folder, RecordName);

    protected override void Run(ToolRun run, CancellationToken cancellation)
    {
        options.Locate(run);
        var data = SequenceData.Open(options.Data, options, run);
        using var folder = StagedFolder.Create(options.Folder, options.Force);
        var rows = RowGroups.Read(data, options, run, cancellation);
        var labels = rows.LabelNames.Count <= MostLabels && options.Stratify ? rows.Labels : new int[rows.Labels.Count];
        if (options.Stratify && rows.LabelNames.Count > MostLabels)
            run.Say($"{rows.LabelNames.Count:N0} different labels are too many to keep in shares (real-valued?); they are not looked at.");
        var files = Divide(rows, labels, options);
        var counts = Write(data, rows, files, folder, cancellation);
        var empty = Enumerable.Range(0, files.Names.Count).FirstOrDefault(f => counts[f].Sum() == 0, -1);
        if (empty >= 0) throw Empty(files.Names[empty], rows, options);
        Record(data, rows, files, counts, options, folder);
        folder.Commit();
        Show(rows, files, counts, options, run);
    }

    private static SplitFiles Divide(RowGroups rows, IReadOnlyList<int> labels, SplitOptions options)
    {
        if (options.Folds is { } folds)
        {
            var fold = GroupShares.Deal(rows.Groups, labels, rows.Weights, [.. Enumerable.Repeat(1.0 / folds, folds)], options.Seed);
            return SplitFiles.Folds([.. rows.Groups.Select(g => fold[g])], folds, options.DevShare > 0);
        }
        if (options.Cross is not null) return Crossed(rows, labels, options);
        double[] shares = [1 - options.DevShare - options.TestShare, options.DevShare, options.TestShare];
        var parts = GroupShares.Deal(rows.Groups, labels, rows.Weights, shares, options.Seed, options.Named ? Named(rows, options) : null);
        bool[] used = [true, shares[1] > 0 || options.DevNames.Length > 0, shares[2] > 0 || options.TestNames.Length > 0];
        return SplitFiles.Parts([.. rows.Groups.Select(g => parts[g])], used, options.SubsetShares, labels, options.Seed);
    }

    private static SplitFiles Crossed(RowGroups rows, IReadOnlyList<int> labels, SplitOptions options)
    {
        if (rows.CrossedNames.Count < 2)
            throw new DataException(
                $"The column '{options.Cross}' has one value only, '{rows.CrossedNames[0]}'; groups to test on each other take two.");
        if (rows.CrossedNames.FirstOrDefault(n => n.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0) is { } bad)
            throw new DataException($"The column '{options.Cross}' has the value '{bad}', which cannot name a folder; rename it.");
        // Each group is to have its share of each part, so a label of one group is not that of another.
        var both = rows.Crossed.Select((group, row) => group + rows.CrossedNames.Count * labels[row]).ToList();
        var parts = GroupShares.Deal(rows.Groups, both, rows.Weights,
            [1 - options.DevShare - options.TestShare, options.DevShare, options.TestShare], options.Seed);
        return SplitFiles.Crossed([.. rows.Groups.Select(g => parts[g])], rows.Crossed, rows.CrossedNames, options.DevShare > 0);
    }

    /// <summary>The parts of groups that are named: 3 for those named nowhere when the training groups are named too.</summary>
    private static int[] Named(RowGroups rows, SplitOptions options)
    {
        string[][] lists = [[.. Names.Split(options.TrainNames)], [.. Names.Split(options.DevNames)], [.. Names.Split(options.TestNames)]];
        var parts = new int[rows.Count];
        Array.Fill(parts, lists[0].Length > 0 ? 3 : -1);
        var taken = new Dictionary<int, string>();
        for (var split = 0; split < lists.Length; split++)
            foreach (var pattern in lists[split])
            {
                var found = Enumerable.Range(0, rows.Count)
                    .Where(g => rows.IsMeant(g, pattern)).ToList();
                if (found.Count == 0)
                    throw new DataException($"--{splits[split]}-names: no row belongs to '{pattern}'{Nearest.Hint(pattern, rows.Names)}; "
                        + $"there are: {NameList.Shorten([.. rows.Names])}.");
                foreach (var group in found)
                {
                    if (taken.TryGetValue(group, out var other) && other != splits[split])
                        throw new UsageException(
                            $"'{rows.Names[group]}' is named for {other} and for {splits[split]}; it can belong to one split only.");
                    taken[group] = splits[split];
                    parts[group] = split;
                }
            }
        return parts;
    }

    private static long[][] Write(SequenceData data, RowGroups rows, SplitFiles files, StagedFolder folder, CancellationToken cancellation)
    {
        var streams = files.Names.Select(name => folder.Add(name + data.Extension)).ToList();
        if (data.Header is { } header)
            foreach (var stream in streams)
            {
                stream.Write(header);
                stream.WriteByte((byte)'\n');
            }
        var counts = files.Names.Select(_ => new long[rows.LabelNames.Count]).ToArray();
        foreach (var row in data.Rows("rows written", cancellation))
            foreach (var file in files.Of((int)row.Number))
            {
                Disk.Guard(files.Names[file], () => row.CopyTo(streams[file]));
                counts[file][rows.Labels[(int)row.Number]]++;
            }
        return counts;
    }

    private static DataException Empty(string name, RowGroups rows, SplitOptions options)
    {
        if (options.Named)
            return new DataException($"The split {name} is empty: every {(rows.AreChromosomes ? "chromosome" : "group")} of the data "
                + $"({NameList.Shorten(rows.Names)}) is named for another; leave some out of --dev-names and --test-names. Nothing was "
                + "written.");
        var total = rows.Weights.Sum();
        var weights = new long[rows.Count];
        for (var i = 0; i < rows.Groups.Count; i++) weights[rows.Groups[i]] += rows.Weights[i];
        var largest = Array.IndexOf(weights, weights.Max());
        var called = rows.Names.Count > 0 ? $" ('{rows.Names[largest]}')" : "";
        return new DataException(
            $"The split {name} is empty: {Wording.Counted(rows.Groups.Count, "row")} in {Wording.Counted(rows.Count, "group")} that may "
                + $"not be divided, the largest{called} with {Wording.Share(weights[largest], total)} of all, "
            + $"do not fill it; change the shares, {(options.Folds is null ? "" : "take fewer folds, ")}choose another --by, or add data. "
                + "Nothing was written.");
    }

    private static void Record(SequenceData data, RowGroups rows, SplitFiles files, long[][] counts, SplitOptions options,
        StagedFolder folder) => folder.Add(
        RecordName,
        RecordJson.Write(
            new
            {
                Data = data.Paths.Select(p => new { Path = DataFile.Show(p), DataFingerprint.Of(p).Sha256 }),
                options.By, options.Column, options.Pattern, Tree = options.Tree is { } tree ? DataFile.Show(tree) : null, options.Cross,
                Depth = options.By == SplitBy.Clade ? (int?)options.Depth : null,
                Identity = options.By == SplitBy.Identity && options.Edits is null ? (double?)options.Identity : null,
                Edits = options.By == SplitBy.Identity ? options.Edits : null,
                options.Seed, options.Stratify, Groups = rows.Count,
                Files = files.Names.Select((name, f) => new
                {
                    Name = name + data.Extension, Rows = counts[f].Sum(),
                    Labels = rows.LabelNames.Count is > 1 and <= MostLabels
                        ? rows.LabelNames.Select((l, i) => (l, counts[f][i])).ToDictionary(l => l.l, l => l.Item2) : null,
                    Groups = rows.Names.Count is > 0 and <= MostLabels ? Groups(rows, files, f) : null,
                }),
            }));

    private static List<string> Groups(RowGroups rows, SplitFiles files, int file) =>
        [.. Enumerable.Range(0, rows.Groups.Count).Where(r => files.Of(r).Contains(file)).Select(r => rows.Names[rows.Groups[r]])
            .Distinct()];

    private static void Show(RowGroups rows, SplitFiles files, long[][] counts, SplitOptions options, ToolRun run)
    {
        var labelled = rows.LabelNames.Count is > 1 and <= 12;
        var columns = new List<string> { "split", "rows", "share" };
        if (labelled) columns.AddRange(rows.LabelNames.Select(l => l.Length > 0 ? l : "(none)"));
        var table = new ResultTable($"{rows.Groups.Count:N0} rows in {rows.Count:N0} groups", columns);
        for (var f = 0; f < files.Names.Count; f++)
            table.Add([
                files.Names[f], counts[f].Sum().ToString("N0"), Wording.Share(counts[f].Sum(), rows.Groups.Count),
                .. labelled ? counts[f].Select(c => c.ToString("N0")) : []]);
        run.Show(table);
        if (options.Folds is null && options.Cross is null && !options.Named) Deviations(rows, files, options, run);
        run.Say($"Written to {options.Output}. 'host data check {options.Output}' looks for leakage between the splits.");
    }

    private static void Deviations(RowGroups rows, SplitFiles files, SplitOptions options, ToolRun run)
    {
        var weights = new double[3];
        for (var row = 0; row < rows.Groups.Count; row++)
            foreach (var file in files.Of(row))
                if (Array.IndexOf(splits, files.Names[file]) is >= 0 and var split) weights[split] += rows.Weights[row];
        double[] wanted = [1 - options.DevShare - options.TestShare, options.DevShare, options.TestShare];
        for (var split = 0; split < 3; split++)
            if (weights[split] / weights.Sum() is var share && Math.Abs(share - wanted[split]) > Noticeable)
                run.Warn(string.Create(CultureInfo.InvariantCulture, $"{splits[split]} holds {100 * share:0.#} % instead of "
                    + $"{100 * wanted[split]:0.#} %: groups may not be divided, and some are large."));
    }
}

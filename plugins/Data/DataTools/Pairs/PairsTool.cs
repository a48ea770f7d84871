using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Leakage;

namespace PluginHost.Plugins.DataTools.Pairs;

/// <summary><c>host data pairs</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class PairsTool(PairsOptions options, BuildContext build) : DataTool(build)
{
    private const double Near = 0.95;

    protected override IEnumerable<string?> Inputs => [options.Data, options.Tree];

    protected override void Run(ToolRun run, CancellationToken cancellation)
    {
        options.Locate(run);
        var fasta = FastaFile.Begins(FileHead.Read(options.Data));
        if (options.Tree is not null && !fasta)
            throw new DataException($"{DataFile.Show(options.Data)} is a table, but --tree needs the leaves' sequences as FASTA.");
        var (lineage, how) = options.Tree is not null ? (TreePairs.Read(options), "branches of a tree, ancestors by parsimony")
            : fasta ? (SpanningTree.Read(options, run, cancellation), "branches of a minimum spanning tree by differing columns")
            : (TablePairs.Read(options), "rows of a table");
        using var folder = StagedFolder.Create(options.Folder, options.Force);
        var (windows, windowOf) = Windows(lineage);
        var pairs = Distinct(lineage, windowOf);
        var clades = options.CladeDepth > 0 ? lineage.Clades(options.CladeDepth) : [.. Enumerable.Repeat(-1, windowOf.Length)];
        var groups = PairGroups.Of(windows, clades, windowOf, options.Identity, (done, total) =>
        {
            cancellation.ThrowIfCancellationRequested();
            run.Progress("sequences compared", done, total);
        });
        var parts = PairGroups.Deal(pairs, groups, options);
        List<WindowPair>[] splits = [[], [], []];
        var across = 0;
        foreach (var pair in pairs)
        {
            var part = parts[groups[pair.Child]];
            if (part != parts[groups[pair.Parent]]) across++;
            else splits[part].Add(pair);
        }
        Refuse(splits, pairs, groups);
        Write(folder, lineage, pairs, splits, windows, across, groups, how, run);
    }

    /// <summary>The different windows, gaps taken out, and which of them each node has.</summary>
    private (IReadOnlyList<string> Windows, int[] Of) Windows(Lineage lineage)
    {
        List<string> windows = [];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var of = new int[lineage.Nodes.Count];
        for (var node = 0; node < of.Length; node++)
        {
            var (name, sequence) = lineage.Nodes[node];
            if (options.Columns is { } columns)
            {
                if (columns.End > sequence.Length)
                    throw new DataException($"--window {options.Window} goes beyond '{name}', which has {sequence.Length:N0} columns.");
                sequence = sequence[columns.Start..columns.End];
            }
            sequence = sequence.Replace("-", "");
            if (sequence.Length == 0)
                throw new DataException(
                    $"'{name}' has no base{(options.Window is null ? "" : $" in --window {options.Window}")}; remove it.");
            if (!places.TryGetValue(sequence, out of[node]))
            {
                places[sequence] = of[node] = windows.Count;
                windows.Add(sequence);
            }
        }
        return (windows, of);
    }

    /// <summary>Equal pairs once.</summary>
    private List<WindowPair> Distinct(Lineage lineage, int[] windowOf)
    {
        List<WindowPair> pairs = [.. lineage.Pairs.GroupBy(p => (Parent: windowOf[p.Parent], Child: windowOf[p.Child]))
            .Where(g => !options.ChangedOnly || g.Key.Parent != g.Key.Child)
            .Select(g => new WindowPair(g.Key.Parent, g.Key.Child, lineage.Nodes[g.First().Parent].Name,
                lineage.Nodes[g.First().Child].Name, g.Count()))];
        return pairs.Count > 0 ? pairs
            : throw new DataException(
                $"{DataFile.Show(options.Data)}: no pair is left; leave --changed-only out, or choose another --window.");
    }

    /// <summary>Refuses a split without pairs.</summary>
    private void Refuse(List<WindowPair>[] splits, List<WindowPair> pairs, int[] groups)
    {
        bool[] wanted = [true, options.Dev > 0, options.Test > 0];
        for (var split = 0; split < 3; split++)
        {
            if (!wanted[split] || splits[split].Count > 0) continue;
            var largest = groups.GroupBy(g => g).Max(g => g.Count());
            throw new DataException($"{PairFiles.Splits[split]} would be empty: {Wording.Counted(pairs.Count, "pair")} have "
                + $"{Wording.Counted(groups.Length, "different sequence")} in {Wording.Counted(groups.Max() + 1, "group")} that may not be "
                + $"divided, the largest with {largest:N0}. Raise --identity (1 keeps equal sequences together alone) and cut clades with "
                + "--clade-depth: what is known from training is then counted. Nothing was written.");
        }
    }

    private void Write(StagedFolder folder, Lineage lineage, List<WindowPair> pairs, List<WindowPair>[] splits,
        IReadOnlyList<string> windows, int across, int[] groups, string how, ToolRun run)
    {
        var table = new ResultTable($"{pairs.Count:N0} different pairs of {lineage.Pairs.Count:N0} ({how})",
            ["split", "pairs", "changed", "mean edits", "alike in train"]);
        List<object> files = [];
        var train = splits[0].SelectMany(p => (int[])[p.Parent, p.Child]).Distinct().Select(w => windows[w]).ToList();
        for (var split = 0; split < 3; split++)
        {
            if (splits[split].Count == 0) continue;
            var name = PairFiles.Splits[split] + ".csv";
            PairFiles.Write(folder, name, splits[split], windows);
            var changed = splits[split].Where(p => p.Parent != p.Child).ToList();
            (long Equal, long Alike)? leaks = split == 0 ? null : Leaks(train, splits[split], windows);
            files.Add(new
            {
                Name = name, Pairs = splits[split].Count, Changed = changed.Count,
                ChildrenEqualInTrain = leaks?.Equal, ChildrenAlikeInTrain = leaks?.Alike
            });
            table.Add([PairFiles.Splits[split], $"{splits[split].Count:N0}", $"{changed.Count:N0}",
                splits[split].Average(p => PairFiles.Apart(windows[p.Parent], windows[p.Child])).ToString("0.00",
                    System.Globalization.CultureInfo.InvariantCulture),
                leaks is { } known ? Wording.Share(known.Alike, splits[split].Count) : "-"]);
        }
        PairFiles.Record(folder, options, how, new
        {
            Pairs = lineage.Pairs.Count, Different = pairs.Count, Sequences = windows.Count, Groups = groups.Max() + 1,
            AcrossSplits = across,
        }, files);
        folder.Commit();
        run.Show(table);
        run.Say($"{Wording.Counted(windows.Count, "different sequence")} in {Wording.Counted(groups.Max() + 1, "group")} that are not "
            + "divided "
            + FormattableString.Invariant($"(identity of at least {100 * options.Identity:0.##} %")
            + (options.CladeDepth > 0 ? $", clades {options.CladeDepth} below the root)" : ")")
            + $"; {Wording.Counted(across, "pair")} left out whose parent and child are in two splits.");
        run.Say($"'alike in train': children with an identity of at least {100 * Near:0} % to a sequence of train. Written to "
            + $"{options.Output}.");
    }

    /// <summary>Children of a split that train holds, and that it holds nearly.</summary>
    private static (long Equal, long Alike) Leaks(List<string> train, List<WindowPair> split, IReadOnlyList<string> windows)
    {
        var count = LeakageFinder.Count(train, split.Select(p => windows[p.Child]), Closeness.ByIdentity(Near));
        return (count.Exact, count.Exact + count.ReverseComplement + count.Near);
    }
}

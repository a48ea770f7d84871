using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Fasta.Windows;

/// <summary>
/// Holds out a share of the bases in blocks: windows lie inside blocks of one split, so no base is in two splits however windows overlap.
/// </summary>
internal static class BlockSplit
{
    private const long LargestBlock = 1_000_000;
    private const int BlocksPerShare = 10;
    private const int WindowsPerBlock = 4;

    /// <summary>Cuts records into blocks of about equal size and deals shuffled blocks to dev and test until each has its share.</summary>
    public static (IReadOnlyList<Region> Train, IReadOnlyList<Region> Dev, IReadOnlyList<Region> Test) Divide(
        IReadOnlyList<Region> records, FastaOptions options, List<string> notes)
    {
        if (options.DevShare == 0 && options.TestShare == 0) return (records, [], []);
        var total = records.Sum(r => r.Length);
        var size = options.How == WindowMode.Whole ? long.MaxValue : options.BlockBases ?? Size(total, options);
        var blocks = records.SelectMany(r => Cut(r, size)).ToArray();

        var order = Enumerable.Range(0, blocks.Length).ToArray();
        new SeededRandom(options.SplitSeed).Shuffle(order.AsSpan());
        var splits = new Split[blocks.Length];
        var next = 0;
        var counts = new Dictionary<Split, int>();
        foreach (var (split, share) in ((Split, double)[])[(Split.Dev, options.DevShare), (Split.Test, options.TestShare)])
        {
            var wanted = share * total;
            for (var held = 0L; held < wanted && next < blocks.Length; next++)
            {
                splits[order[next]] = split;
                held += blocks[order[next]].Length;
                counts[split] = counts.GetValueOrDefault(split) + 1;
            }
            if (share > 0 && !counts.ContainsKey(split)) throw TooLittle(options, blocks.Length);
        }
        if (next == blocks.Length) throw TooLittle(options, blocks.Length);
        notes.Add($"Held out in {(options.How == WindowMode.Whole ? "whole records" : $"blocks of at most {size:N0} bases")}: "
            + string.Join(", ", counts.Select(c => $"{c.Value:N0} for {c.Key.ToString().ToLowerInvariant()}"))
                + $" of {blocks.Length:N0}.");
        return (Merge(blocks, splits, Split.Train), Merge(blocks, splits, Split.Dev), Merge(blocks, splits, Split.Test));
    }

    /// <summary>Small enough for every share to be made of several blocks, large enough to lose little at block ends.</summary>
    private static long Size(long total, FastaOptions options)
    {
        var smallest = new[] { options.DevShare, options.TestShare }.Where(s => s > 0).Min();
        var fitting = (long)(total * smallest / BlocksPerShare);
        return Math.Max(Math.Min(fitting, LargestBlock), (long)WindowsPerBlock * options.Window);
    }

    private static IEnumerable<Region> Cut(Region record, long size)
    {
        var count = (record.Length - 1) / size + 1;
        for (var i = 0L; i < count; i++)
            yield return record with
            {
                Start = (long)((Int128)record.Length * i / count),
                End = (long)((Int128)record.Length * (i + 1) / count)
            };
    }

    private static List<Region> Merge(Region[] blocks, Split[] splits, Split split)
    {
        var merged = new List<Region>();
        for (var i = 0; i < blocks.Length; i++)
        {
            if (splits[i] != split) continue;
            if (merged.Count > 0 && ReferenceEquals(merged[^1].Record, blocks[i].Record) && merged[^1].End == blocks[i].Start)
                merged[^1] = merged[^1] with { End = blocks[i].End };
            else merged.Add(blocks[i]);
        }
        return merged;
    }

    private static DataException TooLittle(FastaOptions options, int blocks) => new(
        $"There is too little to hold out devShare {options.DevShare} and testShare {options.TestShare}: the records make "
            + $"{Wording.Counted(blocks, "block")}; "
        + "set a smaller 'blockBases' or 'window', or hold out records by name.");
}

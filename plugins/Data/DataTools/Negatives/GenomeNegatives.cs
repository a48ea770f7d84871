using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Features;
using PluginHost.Plugins.DataTools.Output;
using PluginHost.Plugins.DataTools.Windows;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>
/// Stretches of the genome that are like the positives in chromosome, length and GC content and lie outside of them, of what is excluded,
/// and of each other.
/// </summary>
/// <remarks>
/// A chromosome at a time. For each positive random places are tried; for the few that chance does not serve, every place of the chromosome
/// is
/// looked at, so a positive stays without a negative only when hardly a place is left for it.
/// </remarks>
internal sealed class GenomeNegatives(NegativeOptions options, ToolRun run)
{
    private const int Tries = 2000;
    private const int Kept = 64;

    private readonly FastaFile genome = Genome.Open(options.Genome!, run.Progress);
    private long positives, negatives;

    /// <summary>Writes them, by chromosome in the genome's order.</summary>
    public void Write(CancellationToken cancellation)
    {
        var placed = Placed.Read(genome, options, run, cancellation).GroupBy(p => p.Record)
            .ToDictionary(g => g.Key, g => g.ToList(), (IEqualityComparer<FastaRecord>)ReferenceEqualityComparer.Instance);
        var excluded = Excluded();
        RowWriter.Write(options.File, true, WindowsTool.Columns, options.Add, writer =>
        {
            foreach (var record in genome.Records)
                if (placed.TryGetValue(record, out var here)) Write(writer, record, here, excluded, cancellation);
        });
        run.Result(string.Create(CultureInfo.InvariantCulture, $"{Wording.Counted(positives, "positive")}, "
            + $"{Wording.Counted(negatives, "negative")} of the same chromosome and length, GC content within {100 * options.Gc:0.##} %: "
            + $"{options.Output}"));
        if (positives * options.Per - negatives is > 0 and var missing)
            run.Warn($"{Wording.Counted(missing, "negative")} missing: their chromosomes have no free stretch of that length and GC "
                + "content left. A larger --gc, a smaller --margin or fewer --exclude would find more.");
    }

    private CoveredBases Excluded()
    {
        var records = new Genome(genome);
        var excluded = new CoveredBases();
        foreach (var path in options.Exclude)
            foreach (var feature in FeatureFile.Read(path))
            {
                var record = records.Find(feature.Chromosome, feature.Where);
                if (feature.End > record.Length)
                    throw new DataException($"{feature.Where}: the feature ends at {feature.End:N0}, but '{record.Name}' has "
                        + $"{record.Length:N0} bases; is the annotation of another assembly?");
                excluded.Add(record.Name, feature.Start, feature.End);
            }
        return excluded;
    }

    private void Write(RowWriter writer, FastaRecord record, List<Placed> here, CoveredBases excluded, CancellationToken cancellation)
    {
        var map = new ChromosomeMap(genome, record, done => run.Progress($"bases of {record.Name} read", done, record.Length),
            cancellation);
        foreach (var (start, end) in excluded[record.Name]) map.Take(start - options.Margin, end + options.Margin);
        foreach (var positive in here) map.Take(positive.Window.Start - options.Margin, positive.Window.End + options.Margin);

        var found = new List<PlacedWindow>[here.Count];
        var left = new List<int>();
        for (var i = 0; i < here.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            found[i] = [];
            var random = new SeededRandom(options.Seed, (ulong)record.FirstBase, (ulong)i);
            for (var copy = 0; copy < options.Per; copy++)
                if (!Draw(map, here[i].Window, random, found[i])) left.Add(i);
        }
        foreach (var length in left.GroupBy(i => here[i].Window.End - here[i].Window.Start))
            Search(map, record, here, found, [.. length], length.Key, cancellation);

        for (var i = 0; i < here.Count; i++)
        {
            positives++;
            var positive = here[i];
            if (!options.Alone) Add(writer, record, positive.Window, positive.Label ?? "1", positive.Name);
            foreach (var window in found[i])
            {
                negatives++;
                Add(writer, record, window, options.Negative, "");
            }
        }
    }

    private bool Draw(ChromosomeMap map, PlacedWindow positive, SeededRandom random, List<PlacedWindow> found)
    {
        var length = positive.End - positive.Start;
        var gc = map.Gc(positive.Start, positive.End);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var start = random.Next(map.Length - length + 1);
            if (!Fits(map, start, length, gc)) continue;
            Choose(map, new(start, start + length, positive.IsReverse), found);
            return true;
        }
        return false;
    }

    /// <summary>Looks at every place for the positives of one length that chance did not serve.</summary>
    private void Search(ChromosomeMap map, FastaRecord record, List<Placed> here, List<PlacedWindow>[] found, List<int> left, long length,
        CancellationToken cancellation)
    {
        var random = new SeededRandom(options.Seed, (ulong)record.FirstBase, (ulong)length, 0x5EA7);
        var wanted = left.Select(i => map.Gc(here[i].Window.Start, here[i].Window.End)).ToHashSet();
        var difference = (int)(options.Gc * length + 1e-9);
        var candidates = new Dictionary<int, (long Seen, List<long> Starts)>();
        foreach (var gc in wanted)
            for (var near = gc - difference; near <= gc + difference; near++) candidates.TryAdd(near, (0, []));
        for (var start = 0L; start + length <= map.Length; start++)
        {
            if ((start & 0xFFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                run.Progress($"places of {record.Name} searched for {length:N0} bases", start, map.Length);
            }
            var gc = map.Gc(start, start + length);
            if (!candidates.TryGetValue(gc, out var list) || !map.IsFree(start, start + length, options.MaxN)) continue;
            // A sample of places for each content, so that no end of the chromosome is favoured.
            if (list.Starts.Count < Kept * left.Count) list.Starts.Add(start);
            else if (random.Next(list.Seen + 1) is var at && at < list.Starts.Count) list.Starts[(int)at] = start;
            candidates[gc] = (list.Seen + 1, list.Starts);
        }
        foreach (var i in left)
        {
            var gc = map.Gc(here[i].Window.Start, here[i].Window.End);
            var starts = Enumerable.Range(gc - difference, 2 * difference + 1).SelectMany(g => candidates[g].Starts).ToArray();
            random.Shuffle(starts.AsSpan());
            foreach (var start in starts)
                if (map.IsFree(start, start + length, options.MaxN))
                {
                    Choose(map, new(start, start + length, here[i].Window.IsReverse), found[i]);
                    break;
                }
        }
    }

    private bool Fits(ChromosomeMap map, long start, long length, int gc) =>
        Math.Abs(map.Gc(start, start + length) - gc) <= options.Gc * length + 1e-9 && map.IsFree(start, start + length, options.MaxN);

    private static void Choose(ChromosomeMap map, PlacedWindow window, List<PlacedWindow> found)
    {
        map.Take(window.Start, window.End);
        found.Add(window);
    }

    private void Add(RowWriter writer, FastaRecord record, PlacedWindow window, string label, string name) =>
        writer.Add(window.Name(record.Name), window.Read(genome, record), label, record.Name, $"{window.Start}", $"{window.End}",
            window.IsReverse ? "-" : "+", name);
}

using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Plugins.DataTools.Output;
using PluginHost.Plugins.DataTools.Windows;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>
/// Places that carry the motif of a site and are none, as many on each chromosome as there are sites, or all on one.
/// </summary>
internal sealed class SiteNegatives(NegativeOptions options, ToolRun run)
{
    private readonly FastaFile genome = Genome.Open(options.Genome!, run.Progress);
    private readonly HashSet<string> written = new(StringComparer.Ordinal);
    private readonly HashSet<(string Record, PlacedWindow Window)> drawn = [];
    private readonly SignalMotif? signal = options.MotifWithin is { } within ? SignalMotif.Of(options.Motif, within) : null;
    private long sites, negatives, missing, strandless, unsigned;

    /// <summary>Writes sites and non-sites, by anchor and chromosome.</summary>
    public void Write(CancellationToken cancellation)
    {
        _ = WindowShape.TryParse(options.Window, false, out var shape);
        var inside = Inside();
        var labels = options.Anchor.Select(a => a.ToString().ToLowerInvariant()).ToList();
        if (labels.Contains(options.Negative))
            throw new UsageException($"--negative-label: '{options.Negative}' is the label of the sites; choose another.");
        RowWriter.Write(options.File, true, WindowsTool.Columns, options.Add, writer =>
        {
            var found = options.Anchor.Distinct().Select(anchor => (Anchor: anchor, Sites: Sites(anchor))).ToList();
            var from = From(found.SelectMany(f => f.Sites.Keys).ToHashSet());
            foreach (var (anchor, all) in found)
            {
                var counted = 0L;
                foreach (var record in genome.Records.Where(all.ContainsKey))
                {
                    var count = WriteSites(writer, record, anchor, shape, all[record].Sites);
                    sites += count;
                    counted += count;
                    if (from is null) WriteNegatives(writer, record, anchor, shape, count, Related(record), inside, cancellation);
                }
                if (from is not null) WriteNegatives(writer, from, anchor, shape, counted, Related(from), inside, cancellation);
            }

            // What is no donor may be an acceptor: a non-site is none of them.
            HashSet<PlacedWindow> Related(FastaRecord record) =>
                [.. found.Where(f => f.Sites.ContainsKey(record)).SelectMany(f => f.Sites[record].Related)];
        });
        run.Result($"{Wording.Counted(sites, "site")}, {Wording.Counted(negatives, "non-site")} with the same motif: {options.Output} "
            + "(start and end are 0-based, half-open)");
        if (unsigned > 0)
            run.Result($"{Wording.Counted(unsigned, "annotation")} left out: had no {string.Join(" or ", signal!.Motifs)} there "
                + "(--motif, --motif-within).");
        if (strandless > 0) run.Warn(FeatureWindows.ReadForward(strandless, "site"));
        if (missing > 0) run.Warn($"{Wording.Counted(missing, "non-site")} missing: there are no more places with the motif on their "
            + $"chromosomes{(options.Inside is null ? "" : " within --inside")}.");
    }

    /// <summary>The record that non-sites are drawn from; null for each site's own.</summary>
    private FastaRecord? From(HashSet<FastaRecord> withSites)
    {
        if (options.From is null) return null;
        if (options.From == "gc") return GcContents.Nearest(genome, withSites, run);
        return new WantedRecords(genome, [options.From], "--from").InOrder is [var one] ? one
            : throw new UsageException($"--from: '{options.From}' means several records; name one.");
    }

    /// <summary>By record, the sites, and every place of the motif that an annotation may mean.</summary>
    private Dictionary<FastaRecord, (HashSet<PlacedWindow> Sites, HashSet<PlacedWindow> Related)> Sites(Anchor anchor)
    {
        var windows = new FeatureWindows(genome,
            new WindowOptions
            {
                Genome = options.Genome!, Output = options.Output, Features = options.Features, Type = options.Type,
                Anchor = [anchor]
            });
        var found = new Dictionary<FastaRecord, (HashSet<PlacedWindow> Sites, HashSet<PlacedWindow> Related)>(
            (IEqualityComparer<FastaRecord>)ReferenceEqualityComparer.Instance);
        foreach (var (feature, record) in windows.Features(options.Features!))
        {
            if (FeatureWindows.NeedsStrand(feature, anchor)) strandless++;
            var site = PlacedWindow.Around(feature, anchor, new(0, 0));
            var places = signal is null ? [site] : signal.Near(genome, record, site);
            if (places.Count == 0)
            {
                unsigned++;
                continue;
            }
            if (!found.TryGetValue(record, out var here)) found[record] = here = ([], []);
            here.Sites.Add(places[0]);
            here.Related.UnionWith(places);
        }
        return found;
    }

    private long WriteSites(RowWriter writer, FastaRecord record, Anchor anchor, WindowShape shape, HashSet<PlacedWindow> here) =>
        here.OrderBy(s => s.Start).ThenBy(s => s.IsReverse).LongCount(site =>
            Write(writer, record, SignalMotif.Wide(site, shape), shape, anchor.ToString().ToLowerInvariant()));

    private void WriteNegatives(RowWriter writer, FastaRecord record, Anchor anchor, WindowShape shape, long count,
        HashSet<PlacedWindow> related, (CoveredBases Forward, CoveredBases Reverse)? inside, CancellationToken cancellation)
    {
        var wanted = count * options.Per;
        var random = new SeededRandom(options.Seed, (ulong)record.FirstBase, (ulong)anchor);
        var kept = new List<PlacedWindow>();
        var seen = 0L;
        foreach (var place in MotifPlaces(record, anchor, cancellation))
        {
            var window = SignalMotif.Wide(place, shape);
            // A place may be no donor and no acceptor; once is enough.
            if (related.Contains(place) || drawn.Contains((record.Name, window)) || !window.Fits(record)
                || Tiling.CountUnknown(record, window.Start, window.End) > options.MaxN * shape.Length) continue;
            if (inside is { } bounds && (place.IsReverse ? bounds.Reverse : bounds.Forward).Count(record.Name, place.Start, place.End) == 0)
                continue;
            seen++;
            if (kept.Count < wanted) kept.Add(window);
            else if (random.Next(seen) is var at && at < wanted) kept[(int)at] = window;
        }
        var added = 0L;
        foreach (var window in kept.OrderBy(w => w.Start).ThenBy(w => w.IsReverse))
            if (drawn.Add((record.Name, window)) && Write(writer, record, window, shape, options.Negative)) added++;
        negatives += added;
        missing += wanted - added;
    }

    /// <summary>The places whose motif reads as a site's, on both strands, from start to end of the record.</summary>
    private IEnumerable<PlacedWindow> MotifPlaces(FastaRecord record, Anchor anchor, CancellationToken cancellation)
    {
        var motifs = signal?.Motifs ?? SignalMotif.Of(options.Motif, null)?.Motifs ?? [anchor == Anchor.Acceptor ? "AG" : "GT"];
        var at = options.MotifAt ?? (signal is null && anchor == Anchor.Acceptor ? -2 : 0);
        string[] reversed = [.. motifs.Select(Iupac.ReverseComplement)];
        var length = motifs[0].Length;
        var before = "";
        var start = 0L;
        foreach (var piece in FastaPieces.Of(genome, record))
        {
            cancellation.ThrowIfCancellationRequested();
            var text = before + piece.ToString();
            for (var i = 0; i + length <= text.Length; i++)
            {
                if (Reads(text, i, motifs) && start + i - at is var forward && forward >= 0 && forward < record.Length)
                    yield return new(forward, forward + 1, false);
                if (Reads(text, i, reversed) && start + i + length - 1 + at is var reverse && reverse >= 0 && reverse < record.Length)
                    yield return new(reverse, reverse + 1, true);
            }
            before = text[^Math.Min(text.Length, length - 1)..];
            start += text.Length - before.Length;
            run.Progress($"bases of {record.Name} searched for {string.Join(" and ", motifs)}", start, record.Length);
        }
    }

    private static bool Reads(string text, int at, IReadOnlyList<string> motifs)
    {
        foreach (var motif in motifs)
            if (text.AsSpan(at, motif.Length).SequenceEqual(motif)) return true;
        return false;
    }

    private bool Write(RowWriter writer, FastaRecord record, PlacedWindow window, WindowShape shape, string label)
    {
        if (!window.Fits(record)) return false;
        var sequence = window.Read(genome, record);
        if (options.CutMotif) sequence = sequence.Remove(-shape.From, signal!.Length);
        if (sequence.AsSpan().Count('N') > options.MaxN * sequence.Length) return false;
        if (!written.Add($"{window.Name(record.Name)} {label}")) return false;
        if (label != options.Negative && options.Alone) return true;
        writer.Add($"{window.Name(record.Name)}/{label}", sequence, label, record.Name, $"{window.Start}", $"{window.End}",
            window.IsReverse ? "-" : "+", "");
        return true;
    }

    private (CoveredBases Forward, CoveredBases Reverse)? Inside()
    {
        if (options.Inside is not { } path) return null;
        var windows = new FeatureWindows(genome,
            new WindowOptions { Genome = options.Genome!, Output = options.Output, Features = path, Type = options.InsideType });
        var (forward, reverse) = (new CoveredBases(), new CoveredBases());
        foreach (var (feature, record) in windows.Features(path))
        {
            if (feature.Strand != '-') forward.Add(record.Name, feature.Start, feature.End);
            if (feature.Strand != '+') reverse.Add(record.Name, feature.Start, feature.End);
        }
        return (forward, reverse);
    }
}

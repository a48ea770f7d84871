using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Plugins.DataTools.Output;
using PluginHost.Plugins.DataTools.Windows;

namespace PluginHost.Plugins.DataTools.Negatives;

/// <summary>Places that carry the motif of a site and are none, as many on each chromosome as there are sites.</summary>
internal sealed class SiteNegatives(NegativeOptions options, ToolRun run)
{
    private readonly FastaFile genome = Genome.Open(options.Genome!, run.Progress);
    private readonly HashSet<string> written = new(StringComparer.Ordinal);
    private readonly HashSet<(string Record, PlacedWindow Window)> drawn = [];
    private long sites, negatives, missing, strandless;

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
            foreach (var (anchor, sites) in found)
                foreach (var record in genome.Records)
                {
                    if (!sites.TryGetValue(record, out var here)) continue;
                    // What is no donor may be an acceptor: a non-site is none of them.
                    HashSet<PlacedWindow> any = [.. found.Where(f => f.Sites.ContainsKey(record)).SelectMany(f => f.Sites[record])];
                    Write(writer, record, anchor, shape, here, any, inside, cancellation);
                }
        });
        run.Result($"{Wording.Counted(sites, "site")}, {Wording.Counted(negatives, "non-site")} with the same motif: {options.Output} "
            + "(start and end are 0-based, half-open)");
        if (strandless > 0) run.Warn(FeatureWindows.ReadForward(strandless, "site"));
        if (missing > 0) run.Warn($"{Wording.Counted(missing, "non-site")} missing: there are no more places with the motif on their "
            + $"chromosomes{(options.Inside is null ? "" : " within --inside")}.");
    }

    private Dictionary<FastaRecord, HashSet<PlacedWindow>> Sites(Anchor anchor)
    {
        var windows = new FeatureWindows(genome,
            new WindowOptions
            {
                Genome = options.Genome!, Output = options.Output, Features = options.Features, Type = options.Type,
                Anchor = [anchor]
            });
        var found = new Dictionary<FastaRecord, HashSet<PlacedWindow>>((IEqualityComparer<FastaRecord>)ReferenceEqualityComparer.Instance);
        foreach (var (feature, record) in windows.Features(options.Features!))
        {
            if (FeatureWindows.NeedsStrand(feature, anchor)) strandless++;
            if (!found.TryGetValue(record, out var here)) found[record] = here = [];
            here.Add(PlacedWindow.Around(feature, anchor, new(0, 0)));
        }
        return found;
    }

    private void Write(RowWriter writer, FastaRecord record, Anchor anchor, WindowShape shape, HashSet<PlacedWindow> here,
        HashSet<PlacedWindow> any, (CoveredBases Forward, CoveredBases Reverse)? inside, CancellationToken cancellation)
    {
        var label = anchor.ToString().ToLowerInvariant();
        var count = 0L;
        foreach (var site in here.OrderBy(s => s.Start).ThenBy(s => s.IsReverse))
            if (Write(writer, record, Wide(site, shape), label)) count++;
        sites += count;
        var wanted = count * options.Per;
        var random = new SeededRandom(options.Seed, (ulong)record.FirstBase, (ulong)anchor);
        var kept = new List<PlacedWindow>();
        var seen = 0L;
        foreach (var place in MotifPlaces(record, anchor, cancellation))
        {
            var window = Wide(place, shape);
            // A place may be no donor and no acceptor; once is enough.
            if (any.Contains(place) || drawn.Contains((record.Name, window)) || !window.Fits(record)
                || Tiling.CountUnknown(record, window.Start, window.End) > options.MaxN * shape.Length) continue;
            if (inside is { } bounds && (place.IsReverse ? bounds.Reverse : bounds.Forward).Count(record.Name, place.Start, place.End) == 0)
                continue;
            seen++;
            if (kept.Count < wanted) kept.Add(window);
            else if (random.Next(seen) is var at && at < wanted) kept[(int)at] = window;
        }
        var added = 0L;
        foreach (var window in kept.OrderBy(w => w.Start).ThenBy(w => w.IsReverse))
            if (drawn.Add((record.Name, window)) && Write(writer, record, window, options.Negative)) added++;
        negatives += added;
        missing += wanted - added;
    }

    /// <summary>The places whose motif reads as a site's, on both strands, from start to end of the record.</summary>
    private IEnumerable<PlacedWindow> MotifPlaces(FastaRecord record, Anchor anchor, CancellationToken cancellation)
    {
        var motif = (options.Motif ?? (anchor == Anchor.Acceptor ? "AG" : "GT")).ToUpperInvariant();
        var at = options.MotifAt ?? (anchor == Anchor.Acceptor ? -2 : 0);
        var reversed = Iupac.ReverseComplement(motif);
        var before = "";
        var start = 0L;
        foreach (var piece in FastaPieces.Of(genome, record))
        {
            cancellation.ThrowIfCancellationRequested();
            var text = before + piece.ToString();
            for (var i = 0; i + motif.Length <= text.Length; i++)
            {
                if (Reads(text, i, motif) && start + i - at is var forward && forward >= 0 && forward < record.Length)
                    yield return new(forward, forward + 1, false);
                if (Reads(text, i, reversed) && start + i + motif.Length - 1 + at is var reverse && reverse >= 0 && reverse < record.Length)
                    yield return new(reverse, reverse + 1, true);
            }
            before = text[^Math.Min(text.Length, motif.Length - 1)..];
            start += text.Length - before.Length;
            run.Progress($"bases of {record.Name} searched for {motif}", start, record.Length);
        }
    }

    private static bool Reads(string text, int at, string motif) => text.AsSpan(at, motif.Length).SequenceEqual(motif);

    private static PlacedWindow Wide(PlacedWindow site, WindowShape shape) => site.IsReverse
        ? new(site.Start - shape.To, site.Start - shape.From + 1, true)
        : new(site.Start + shape.From, site.Start + shape.To + 1, false);

    private bool Write(RowWriter writer, FastaRecord record, PlacedWindow window, string label)
    {
        if (!window.Fits(record)) return false;
        var sequence = window.Read(genome, record);
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

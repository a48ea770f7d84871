using System.Text.RegularExpressions;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Features;
using PluginHost.Libs.Genomics.Names;
using PluginHost.Plugins.DataTools.Output;

namespace PluginHost.Plugins.DataTools.Windows;

/// <summary>Windows around features, in the order of the file.</summary>
/// <param name="genome">Where bases come from.</param>
/// <param name="options">Validated.</param>
internal sealed partial class FeatureWindows(FastaFile genome, WindowOptions options)
{
    private readonly Genome records = new(genome);
    private readonly WantedRecords wanted = new(genome, options.Records);
    private readonly string label = options.Label ?? (options.Anchor.Length > 1 ? "{anchor}" : "1");
    private readonly SignalMotif? motif = SignalMotif.Of(options.Motif, options.MotifWithin);
    private readonly HashSet<(string, long, long, bool, string)> seen = [];

    /// <summary>Windows that reached beyond a chromosome and were left out.</summary>
    public long Beyond { get; private set; }

    /// <summary>Windows left out for their N.</summary>
    public long Masked { get; private set; }

    /// <summary>Features without a strand around whose 5' or 3' end windows were laid: they were read forward.</summary>
    public long Strandless { get; private set; }

    /// <summary>Windows that were there already, from another feature.</summary>
    public long Repeated { get; private set; }

    /// <summary>Features without the motif, which were left out.</summary>
    public long Unsigned { get; private set; }

    /// <summary>Whether windows have labels.</summary>
    public bool Labelled => label != "none";

    /// <summary>Whether only a strand could tell where the anchor is, and the feature has none.</summary>
    public static bool NeedsStrand(Feature feature, Anchor anchor) =>
        feature.Strand == '.' && anchor is not (Anchor.Whole or Anchor.Center);

    /// <summary>The warning of <see cref="NeedsStrand"/>.</summary>
    public static string ReadForward(long count, string what) => $"{Wording.Counted(count, what)} around the ends of features without a "
        + "strand ('.'): read forward, as if they were on +.";

    /// <summary>Features of the file as they are read, checked against the genome.</summary>
    public IEnumerable<(Feature Feature, FastaRecord Record)> Features(string path)
    {
        foreach (var feature in Only(FeatureFile.Read(path)))
        {
            if (!wanted.All && (records.TryFind(feature.Chromosome, feature.Where) is { } here ? !wanted.Contains(here)
                : !wanted.Names.Any(w => ChromosomeName.Matches(w, feature.Chromosome)))) continue;
            var record = records.Find(feature.Chromosome, feature.Where);
            if (feature.End > record.Length)
                throw new DataException(
                    $"{feature.Where}: the feature ends at {feature.End:N0}, but '{record.Name}' has {record.Length:N0} bases in "
                        + $"{DataFile.Show(genome.Path)}; is the annotation of another assembly?");
            yield return (feature, record);
        }
    }

    /// <summary>Writes the windows.</summary>
    public void Write(RowWriter writer, Action<long> progress, CancellationToken cancellation)
    {
        _ = WindowShape.TryParse(options.Window, options.Anchor.Contains(Anchor.Whole), out var shape);
        var done = 0L;
        foreach (var anchor in Passes())
            foreach (var (feature, record) in Features(options.Features!))
            {
                cancellation.ThrowIfCancellationRequested();
                if ((++done & 0xFF) == 0) progress(done);
                foreach (var each in anchor) Write(writer, feature, record, each, shape);
            }
    }

    private void Write(RowWriter writer, Feature feature, FastaRecord record, Anchor anchor, WindowShape shape)
    {
        if (NeedsStrand(feature, anchor)) Strandless++;
        var site = PlacedWindow.Around(feature, anchor, default);
        if (motif is not null)
        {
            if (motif.Near(genome, record, site) is not [var best, ..])
            {
                Unsigned++;
                return;
            }
            site = best;
        }
        var window = motif is null ? PlacedWindow.Around(feature, anchor, shape) : SignalMotif.Wide(site, shape);
        if (!window.Fits(record))
        {
            if (options.Ends == AtEnds.Clip)
                window = window with { Start = Math.Max(0, window.Start), End = Math.Min(record.Length, window.End) };
            if (options.Ends == AtEnds.Skip || window.End <= window.Start)
            {
                Beyond++;
                return;
            }
        }
        var name = Labelled ? Fill(feature, anchor) : null;
        if (!seen.Add((record.Name, window.Start, window.End, window.IsReverse, name ?? "")))
        {
            Repeated++;
            return;
        }
        var sequence = window.Read(genome, record);
        if (options.CutMotif) sequence = motif!.Cut(sequence, window, site);
        var unknown = sequence.AsSpan().Count('N');
        if (options.HardMasked == HardMasked.Skip && unknown > options.MaxN * sequence.Length)
        {
            Masked++;
            return;
        }
        if (options.HardMasked == HardMasked.Delete && unknown > 0) sequence = sequence.Replace("N", "");
        if (sequence.Length == 0)
        {
            Masked++;
            return;
        }
        var id = window.Name(record.Name);
        if (options.Anchor.Length > 1) id += $"/{anchor.ToString().ToLowerInvariant()}";
        writer.Add(id, sequence, name, [record.Name, $"{window.Start}", $"{window.End}", window.IsReverse ? "-" : "+", feature.Name]);
    }

    /// <summary>Introns are made from exons, so donors and acceptors are a reading of their own.</summary>
    private IEnumerable<Anchor[]> Passes()
    {
        var introns = options.Anchor.Where(IsOfIntron).Distinct().ToArray();
        var others = options.Anchor.Except(introns).ToArray();
        if (introns.Length > 0 && others.Length > 0)
            throw new UsageException("--anchor donor and acceptor lie at introns, the others at features; make them in two runs.");
        yield return introns.Length > 0 ? introns : others;
    }

    private IEnumerable<Feature> Only(IEnumerable<Feature> features) => options.Anchor.Any(IsOfIntron)
        ? Introns.Of(features, options.Type, options.Features!)
        : options.Type is { } type ? OfType(features, type) : features;

    private IEnumerable<Feature> OfType(IEnumerable<Feature> features, string type)
    {
        var others = new SortedSet<string>(StringComparer.Ordinal);
        var any = false;
        foreach (var feature in features)
        {
            if (feature.Type != type)
            {
                others.Add(feature.Type);
                continue;
            }
            any = true;
            yield return feature;
        }
        if (!any) throw new DataException($"{DataFile.Show(options.Features!)} has no feature of the type "
            + $"'{type}'{Nearest.Hint(type, others)}; {(others.Max is { Length: > 0 } ? $"it has: {NameList.Shorten(others)}"
            : "features of BED have none: leave --type out")}.");
    }

    private static bool IsOfIntron(Anchor anchor) => anchor is Anchor.Donor or Anchor.Acceptor;

    private string Fill(Feature feature, Anchor anchor) => Placeholder().Replace(label, match => match.Groups[1].Value switch
    {
        "name" => feature.Name,
        "type" => feature.Type,
        "anchor" => anchor.ToString().ToLowerInvariant(),
        "strand" => feature.Strand.ToString(),
        var key => feature.Attributes?.All(key) is { Count: > 0 } values ? string.Join(',', values)
            : throw new DataException($"{feature.Where}: the feature has no attribute '{key}' with a value, which --label asks for; "
                + $"{(feature.Attributes is null ? "BED has none: use {name}" : "correct the line, or make windows of another --type")}."),
    });

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder();
}

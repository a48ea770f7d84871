using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Features;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Scan.Windows;

/// <summary>The genomes of a scan, and what of them is read: all, regions, or places of a file.</summary>
internal sealed class ScanInput
{
    private readonly List<Genome> genomes;

    private ScanInput(List<Genome> genomes) => this.genomes = genomes;

    /// <summary>Names and bases of all chromosomes, in the order of the files.</summary>
    public IReadOnlyList<(string Name, long Length)> Chromosomes =>
        [.. genomes.SelectMany(g => g.File.Records.Select(r => (r.Name, r.Length)))];

    /// <summary>What is scanned, in the order of the genome; none shares a base with another.</summary>
    public IReadOnlyList<ScanStretch> Stretches { get; private set; } = [];

    /// <summary>Paths of all files that are read.</summary>
    public static IReadOnlyList<string> Files(ScanOptions options, BuildContext build) =>
        PathPatterns.Meant([.. options.Input, .. ((string?[])[options.Genome, options.Truth]).OfType<string>()], build.ResolvePath);

    /// <summary>Opens it.</summary>
    /// <exception cref="UsageException">Options do not go together.</exception>
    /// <exception cref="DataException">A file is missing or malformed, or a place is not on the genome.</exception>
    public static ScanInput Open(ScanOptions options, BuildContext build, ToolContext context)
    {
        if (options.Input.Any(AlleleSource.IsNamedSo))
            throw new UsageException("A scan reads no variants: give a genome, or places as BED or GFF; 'host variants score' reads VCF.");
        var places = ToolInput.ArePlaces(options.Input, options.Genome);
        if (places && options.Region.Length > 0)
            throw new UsageException("--region goes with a genome as INPUT; the places of a file are stretches already.");
        var paths = PathPatterns.Expand(options.Genome is { } genome ? [genome] : options.Input, build.ResolvePath);
        var input = new ScanInput([.. paths.Select(path => new Genome(Genome.Open(path, context.Progress)))]);
        if (input.Chromosomes.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DataException(
                $"Several genomes have a record '{twice.Key}', which no output could tell apart; scan them one by one.");
        input.Stretches = input.Joined(places ? input.Places(options, build) : options.Region.Length > 0 ? input.Regions(options)
            : input.genomes.SelectMany(g => g.File.Records.Select(r => new ScanStretch(g.File, r, 0, r.Length))));
        return input;
    }

    /// <summary>The record of a name that another file gives a chromosome; null where none is called so.</summary>
    public FastaRecord? Find(string chromosome, string where) =>
        genomes.Select(g => g.TryFind(chromosome, where)).FirstOrDefault(r => r is not null);

    private IEnumerable<ScanStretch> Regions(ScanOptions options) => options.Region.Select(written =>
    {
        var stretch = Stretch.TryParse(written)!;
        return At(stretch.Chromosome, stretch.Start, stretch.End, $"--region {written}");
    });

    private IEnumerable<ScanStretch> Places(ScanOptions options, BuildContext build) =>
        PathPatterns.Expand(options.Input, build.ResolvePath).SelectMany(FeatureFile.Read)
            .Select(feature => At(feature.Chromosome, feature.Start, feature.End, feature.Where));

    private ScanStretch At(string chromosome, long start, long end, string where)
    {
        var genome = genomes.FirstOrDefault(g => g.TryFind(chromosome, where) is not null) ?? genomes[0];
        var record = genome.Find(chromosome, where);
        genome.RefuseBeyond(record, end, where);
        return new(genome.File, record, start, end);
    }

    private List<ScanStretch> Joined(IEnumerable<ScanStretch> stretches)
    {
        var order = Chromosomes.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i);
        var joined = new List<ScanStretch>();
        foreach (var next in stretches.OrderBy(s => order[s.Record.Name]).ThenBy(s => s.Start))
            if (joined.Count > 0 && joined[^1] is var last && last.Record == next.Record && next.Start < last.End)
                joined[^1] = last with { End = Math.Max(last.End, next.End) };
            else joined.Add(next);
        return joined.Count > 0 ? joined : throw new DataException("There is nothing to scan: the input names no stretch.");
    }
}

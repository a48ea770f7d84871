using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Features;

namespace PluginHost.Libs.Tools.Input;

/// <summary>Opens what a tool reads, each sequence with its place where that is known.</summary>
public static class ToolInput
{
    /// <summary>Full paths of the files: for <see cref="ITool.Files"/>.</summary>
    public static IReadOnlyList<string> Files(InputOptions options, BuildContext build) =>
        PathPatterns.Meant([.. options.Input, .. options.Genome is { } genome ? [genome] : (string[])[]], build.ResolvePath);

    /// <summary>
    /// Opens it: stretches of FASTA genomes (<see cref="InputOptions.Region"/>), places of BED and GFF files on
    /// <see cref="InputOptions.Genome"/>, the alleles of VCF files with the bases around them (<see cref="AlleleSource"/>), or whatever a
    /// plugin reads.
    /// </summary>
    /// <exception cref="UsageException">Options do not go together.</exception>
    /// <exception cref="DataException">A file is missing or malformed, or a place is not on the genome.</exception>
    public static ISampleSource Open(ToolContext context, InputOptions options, BuildContext build) =>
        Open(context, options, build, options.Input);

    /// <summary>The same of some of the files.</summary>
    /// <param name="context">Opens them.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="build">Where they lie.</param>
    /// <param name="input">In place of <see cref="InputOptions.Input"/>.</param>
    /// <inheritdoc cref="Open(ToolContext, InputOptions, BuildContext)"/>
    public static ISampleSource Open(ToolContext context, InputOptions options, BuildContext build, IReadOnlyList<string> input)
    {
        if (options.Region.Length > 0) return Regions(context, options, build, input);
        if (input.Any(AlleleSource.IsNamedSo)) return Alleles(context, options, build, input);
        if (ArePlaces(input, options.Genome)) return Places(context, options, build, input);
        if (options.Window is not null)
            throw new UsageException("--window goes with places; sequences are cut by their source: --data how=tiles --data window=N.");
        return context.OpenInput(input, options.Data);
    }

    /// <summary>Whether inputs are BED or GFF files, by their names.</summary>
    /// <param name="input">As written.</param>
    /// <param name="genome">The genome they lie on.</param>
    /// <exception cref="UsageException">Some are and some are not, or the genome does not go with them.</exception>
    public static bool ArePlaces(IReadOnlyList<string> input, string? genome)
    {
        var places = input.Count(FeatureFile.IsNamedSo);
        if (places > 0 && places < input.Count)
            throw new UsageException(
                "Places and sequences cannot be read together; give the places with their --genome in a run of their own.");
        if (places > 0 && genome is null)
            throw new UsageException($"{input[0]} holds places, not bases: name the genome they lie on with --genome FILE.");
        if (places == 0 && genome is not null)
            throw new UsageException(
                "--genome goes with places: an INPUT whose name ends in .bed, .gff, .gff3, .gtf or .vcf (or .gz after it).");
        return places > 0;
    }

    private static AlleleSource Alleles(ToolContext context, InputOptions options, BuildContext build, IReadOnlyList<string> input)
    {
        if (!input.All(AlleleSource.IsNamedSo))
            throw new UsageException("Variants cannot be read together with other inputs; give the VCF files in a run of their own.");
        if (options.Genome is null || options.Window is not { } window)
            throw new UsageException($"{input[0]} holds variants, not bases: name the genome they lie on with --genome FILE, and "
                + "with --window N how many bases around each are read.");
        var genome = new Genome(Genome.Open(build.ResolvePath(options.Genome), context.Progress));
        return AlleleSource.Read(PathPatterns.Expand(input, build.ResolvePath), genome, window, context);
    }

    private static PlacedSource Regions(ToolContext context, InputOptions options, BuildContext build, IReadOnlyList<string> input)
    {
        if (options.Genome is not null || options.Window is not null)
            throw new UsageException("--region takes stretches of INPUT, a genome, as they are; leave --genome and --window out.");
        var genomes = PathPatterns.Expand(input, build.ResolvePath)
            .Select(path => new Genome(Genome.Open(path, context.Progress))).ToList();
        var source = new PlacedSource();
        foreach (var written in options.Region)
        {
            var stretch = Stretch.TryParse(written)!;
            var found = genomes.Where(g => g.TryFind(stretch.Chromosome, $"--region {written}") is not null).ToList();
            if (found.Count > 1) throw new UsageException($"--region {written}: several files have '{stretch.Chromosome}'; give one.");
            var genome = found.Count == 1 ? found[0] : genomes[0];
            source.Add(genome, genome.Find(stretch.Chromosome, $"--region {written}"), stretch.Start, stretch.End, '+', "",
                $"--region {written}");
        }
        return source;
    }

    private static PlacedSource Places(ToolContext context, InputOptions options, BuildContext build, IReadOnlyList<string> input)
    {
        var genome = new Genome(Genome.Open(build.ResolvePath(options.Genome!), context.Progress));
        var source = new PlacedSource();
        foreach (var path in PathPatterns.Expand(input, build.ResolvePath))
            foreach (var feature in FeatureFile.Read(path))
            {
                var record = genome.Find(feature.Chromosome, feature.Where);
                var (start, end) = (feature.Start, feature.End);
                if (options.Window is { } window)
                {
                    start = (feature.Start + feature.End) / 2 - window / 2;
                    end = start + window;
                    if (start < 0 || end > record.Length)
                    {
                        source.Beyond++;
                        continue;
                    }
                }
                source.Add(genome, record, start, end, feature.Strand == '-' ? '-' : '+', feature.Name, feature.Where);
            }
        if (source.Beyond > 0)
            context.Warn(
                $"{Wording.Counted(source.Beyond, "place")} left out: the {options.Window:N0} bases around reach beyond the end of a "
                + "chromosome.");
        return source.Count > 0 ? source
            : throw new DataException($"No place of {input[0]} is left: each window reaches beyond the end of its chromosome.");
    }
}

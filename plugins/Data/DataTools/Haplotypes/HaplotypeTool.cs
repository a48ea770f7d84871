using System.Globalization;
using System.Text.Json;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Compressed;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Variants;
using PluginHost.Plugins.DataTools.Output;

namespace PluginHost.Plugins.DataTools.Haplotypes;

/// <summary><c>host data haplotypes</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class HaplotypeTool(HaplotypeOptions options, BuildContext build) : DataTool(build)
{
    /// <summary>Samples written in one reading of the variants: two open files each.</summary>
    private const int SamplesAtOnce = 128;

    private const string TableName = "haplotypes.tsv";

    protected override IEnumerable<string?> Inputs => [options.Genome, options.Variants];

    /// <summary>The files of a folder that an earlier run made; null where none did.</summary>
    internal static IReadOnlyCollection<string>? Made(string folder) => !File.Exists(Path.Combine(folder, TableName)) ? null
        : [
            TableName,
            .. File.ReadLines(Path.Combine(folder, TableName)).Skip(1).Select(line => line.Split('\t')).Where(cells => cells.Length > 1)
                .SelectMany(cells => (string[])[$"{cells[0]}.{cells[1]}.fa", $"{cells[0]}.{cells[1]}.fa.gz"]),
        ];

    protected override void Run(ToolRun run, CancellationToken cancellation)
    {
        options.Locate(run);
        var genome = Genome.Open(options.Genome, run.Progress);
        var vcf = VcfFile.Open(options.Variants);
        var samples = Samples(vcf, options);
        using var folder = StagedFolder.Create(options.Folder, options.Force);
        var finished = new List<SampleHaplotypes>();
        var open = 0L;
        IReadOnlyList<string> untouched = [];
        foreach (var batch in samples.Chunk(SamplesAtOnce))
        {
            var opened = batch.Select(s =>
                new SampleHaplotypes(Haplotype(s, 1), Haplotype(s, 2),
                    new PhaseRule(options.Unphased, options.Seed, vcf.Samples[s], s))).ToList();
            var pass = new HaplotypePass(genome, vcf, options, run);
            pass.Run(batch, opened, cancellation);
            (open, untouched) = (pass.Unchecked, pass.Untouched);
            foreach (var output in opened.SelectMany(s => s.Both).Select(h => h.Output)) if (output is not null) folder.Close(output);
            finished.AddRange(opened);
        }
        var written = finished.SelectMany(s => s.Both).Where(h => h.Output is not null).ToList();
        folder.Add(TableName, Table(written));
        folder.Commit();
        Show(written, finished.Count, options, run);
        Ploidy(finished, run);
        if (untouched.Count > 0) run.Result($"Not written, for the VCF has no record there: {NameList.Shorten(untouched)}.");
        if (open > 0)
            run.Warn($"{Wording.Counted(open, "record")} where the genome has N or another code: nothing says whether REF fits there.");

        Haplotype Haplotype(int sample, int number) => new(genome, vcf.Samples[sample], number, () =>
        {
            var file = folder.Add($"{vcf.Samples[sample]}.{number}.fa{(options.Pack ? ".gz" : "")}");
            return options.Pack ? new BgzfWriter(file) : file;
        });
    }

    private static List<int> Samples(VcfFile vcf, HaplotypeOptions options)
    {
        var wanted = Names.Split(options.Samples);
        var unsafeName = vcf.Samples.FirstOrDefault(s => s.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0);
        if (unsafeName is not null)
            throw new DataException(
                $"{DataFile.Show(vcf.Path)}: the sample '{unsafeName}' cannot name a file; rename it (bcftools reheader).");
        if (wanted.Count == 0) return [.. Enumerable.Range(0, vcf.Samples.Count)];
        return [.. wanted.Distinct().Select(name => vcf.Samples.ToList().IndexOf(name) is >= 0 and var at
            ? at
            : throw new DataException($"--samples: {DataFile.Show(vcf.Path)} has no sample '{name}'{Nearest.Hint(name, vcf.Samples)}; it "
                + $"has: {NameList.Shorten([.. vcf.Samples])}."))];
    }

    private static string Table(List<Haplotype> haplotypes)
    {
        var text = new System.Text.StringBuilder(
            "sample\thaplotype\tbases\tsubstitutions\tinsertions\tdeletions\tblocks\t"
            + "left_out_overlapping\tleft_out_no_sequence\tunknown\tunphased\thaploid\n");
        foreach (var h in haplotypes)
            if (h.Counts is var c)
                text.Append(CultureInfo.InvariantCulture,
                    $"{h.Sample}\t{h.Number}\t{c.Bases}\t{c.Substitutions}\t{c.Insertions}\t{c.Deletions}\t{c.Blocks}\t"
                    + $"{c.Overlapping}\t{c.NoSequence}\t{c.Unknown}\t{c.Unphased}\t{c.Haploid}\n");
        return text.ToString();
    }

    private static void Show(List<Haplotype> all, int samples, HaplotypeOptions options, ToolRun run)
    {
        long Total(Func<HaplotypeCounts, long> of) => all.Sum(h => of(h.Counts));
        string Sum(Func<HaplotypeCounts, long> of) => Total(of).ToString("N0");
        run.Result($"{Wording.Counted(all.Count, "haplotype")} of {Wording.Counted(samples, "sample")}, "
            + $"{Wording.Counted(Total(c => c.Bases), "base")}: {options.Output}");
        run.Result($"Alleles put in: {Sum(c => c.Substitutions)} substitutions, {Sum(c => c.Insertions)} insertions, "
            + $"{Sum(c => c.Deletions)} deletions, {Sum(c => c.Blocks)} blocks.");
        if (Total(c => c.Overlapping + c.NoSequence) > 0)
            run.Result($"Alleles left out: {Sum(c => c.Overlapping)} overlap one before them, {Sum(c => c.NoSequence)} are no sequence "
                + "(symbolic, breakends, *).");
        if (Total(c => c.Unknown) > 0) run.Result($"Unknown genotypes: {Sum(c => c.Unknown)}; the reference stays there.");
        if (Total(c => c.Unphased) > 0)
            run.Warn($"{Sum(c => c.Unphased)} alleles of unphased genotypes were settled by --unphased {TypeName(options.Unphased)}: such "
                + "haplotypes are no one's.");
    }

    /// <summary>Says where there is one sequence, and where a second keeps the reference in places that have none.</summary>
    private static void Ploidy(List<SampleHaplotypes> samples, ToolRun run)
    {
        static string Name(SampleHaplotypes sample) => sample.Both[0].Sample;
        var haploid = samples.SelectMany(s => s.Haploid.Select(c => $"{Name(s)} on {c}")).ToList();
        if (haploid.Count > 0) run.Result($"One sequence, for all calls are haploid: {NameList.Shorten(haploid)}.");
        var mixed = samples.SelectMany(s => s.Mixed.Select(m => $"{Name(s)} on {m.Chromosome} ({m.Calls:N0})")).ToList();
        if (mixed.Count > 0)
            run.Warn($"Haploid calls among diploid ones: {NameList.Shorten(mixed)}. They are in the first haplotype; the second keeps the "
                + "reference there. --region takes parts of one ploidy, such as the pseudoautosomal regions, by themselves.");
    }

    private static string TypeName(Unphased how) => JsonNamingPolicy.KebabCaseLower.ConvertName(how.ToString());
}

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

    protected override void Run(ToolRun run, CancellationToken cancellation)
    {
        options.Locate(run);
        var genome = Genome.Open(options.Genome, run.Progress);
        var vcf = VcfFile.Open(options.Variants);
        var samples = Samples(vcf, options);
        using var folder = StagedFolder.Create(options.Output);
        var finished = new List<Haplotype>();
        foreach (var batch in samples.Chunk(SamplesAtOnce))
        {
            var haplotypes = batch.SelectMany(s => (Haplotype[])[Open(s, 1), Open(s, 2)]).ToList();
            new HaplotypePass(genome, vcf, options, run).Run(batch, haplotypes, cancellation);
            foreach (var haplotype in haplotypes) folder.Close(haplotype.Output);
            finished.AddRange(haplotypes);
        }
        folder.Add("haplotypes.tsv", Table(finished));
        folder.Commit();
        Show(finished, options, run);

        Haplotype Open(int sample, int number)
        {
            var file = folder.Add($"{vcf.Samples[sample]}.{number}.fa{(options.Pack ? ".gz" : "")}");
            return new(genome, vcf.Samples[sample], number, options.Pack ? new BgzfWriter(file) : file);
        }
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
            + "left_out_overlapping\tleft_out_no_sequence\tunknown\tunphased\n");
        foreach (var h in haplotypes)
            text.Append(CultureInfo.InvariantCulture,
                $"{h.Sample}\t{h.Number}\t{h.Bases}\t{h.Substitutions}\t{h.Insertions}\t{h.Deletions}\t"
                + $"{h.Blocks}\t{h.Overlapping}\t{h.NoSequence}\t{h.Unknown}\t{h.Unphased}\n");
        return text.ToString();
    }

    private static void Show(List<Haplotype> all, HaplotypeOptions options, ToolRun run)
    {
        string Sum(Func<Haplotype, long> of) => all.Sum(of).ToString("N0");
        run.Result($"{all.Count:N0} haplotypes of {Wording.Counted(all.Count / 2, "sample")}, "
            + $"{Wording.Counted(all.Sum(h => h.Bases), "base")}: {options.Output}");
        run.Result($"Alleles put in: {Sum(h => h.Substitutions)} substitutions, {Sum(h => h.Insertions)} insertions, "
            + $"{Sum(h => h.Deletions)} deletions, {Sum(h => h.Blocks)} blocks.");
        if (all.Any(h => h.Overlapping + h.NoSequence > 0))
            run.Result($"Alleles left out: {Sum(h => h.Overlapping)} overlap one before them, {Sum(h => h.NoSequence)} are no sequence "
                + "(symbolic, breakends, *).");
        if (all.Any(h => h.Unknown > 0)) run.Result($"Unknown genotypes: {Sum(h => h.Unknown)}; the reference stays there.");
        if (all.Any(h => h.Unphased > 0))
            run.Warn($"{Sum(h => h.Unphased)} alleles of unphased genotypes were settled by --unphased {TypeName(options.Unphased)}: such "
                + "haplotypes are no one's.");
    }

    private static string TypeName(Unphased how) => JsonNamingPolicy.KebabCaseLower.ConvertName(how.ToString());
}

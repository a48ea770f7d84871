using System.Globalization;
using PluginHost.Host.BuiltIns.Sources.Fasta;
using PluginHost.Host.BuiltIns.Sources.Files;
using PluginHost.Host.DataTools.Formats;
using PluginHost.Host.DataTools.Output;
using PluginHost.Host.DataTools.Rows;
using PluginHost.Host.Plugins;
using PluginHost.Host.Runs;
using PluginHost.Host.Terminal;

namespace PluginHost.Host.DataTools.Haplotypes;

/// <summary><c>host data haplotypes</c></summary>
internal sealed class HaplotypeTool : DataTool<HaplotypeOptions>
{
    /// <summary>Samples written in one reading of the variants: two open files each.</summary>
    private const int SamplesAtOnce = 128;

    public override int Order => 50;

    public override string Verb => "haplotypes";

    public override string Summary => "Writes the two sequences of each sample of a phased VCF: the reference with the sample's alleles in place.";

    public override IReadOnlyList<string> Examples =>
    [
        "host data haplotypes --genome genome.fa --variants phased.vcf.gz --output haplotypes",
        "host data haplotypes --genome genome.fa --variants phased.vcf.gz --samples NA12878,NA12889 --region chr20:1000001-4000000 --output haplotypes",
    ];

    protected override int Run(HaplotypeOptions options, IRunView view, CancellationToken cancellation)
    {
        var genome = Genome.Open(options.Genome, view);
        var vcf = VcfFile.Open(options.Variants);
        var samples = Samples(vcf, options);
        using var folder = StagedFolder.Create(options.Output);
        var finished = new List<Haplotype>();
        foreach (var batch in samples.Chunk(SamplesAtOnce))
        {
            var haplotypes = batch.SelectMany(s => (Haplotype[])[Open(s, 1), Open(s, 2)]).ToList();
            new HaplotypePass(genome, vcf, options, view).Run(batch, haplotypes, cancellation);
            foreach (var haplotype in haplotypes) folder.Close(haplotype.Output);
            finished.AddRange(haplotypes);
        }
        folder.Add("haplotypes.tsv", Table(finished));
        folder.Commit();
        Show(finished, options, view);
        return 0;

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
        if (unsafeName is not null) throw new DataException($"{DataFile.Show(vcf.Path)}: the sample '{unsafeName}' cannot name a file; rename it (bcftools reheader).");
        if (wanted.Count == 0) return [.. Enumerable.Range(0, vcf.Samples.Count)];
        return [.. wanted.Distinct().Select(name => vcf.Samples.ToList().IndexOf(name) is >= 0 and var at
            ? at
            : throw new DataException($"--samples: {DataFile.Show(vcf.Path)} has no sample '{name}'{Nearest.Hint(name, vcf.Samples)}; it has: {NameList.Shorten([.. vcf.Samples])}."))];
    }

    private static string Table(List<Haplotype> haplotypes)
    {
        var text = new System.Text.StringBuilder("sample\thaplotype\tbases\tsubstitutions\tinsertions\tdeletions\tblocks\tleft_out_overlapping\tleft_out_no_sequence\tunknown\tunphased\n");
        foreach (var h in haplotypes)
            text.Append(CultureInfo.InvariantCulture, $"{h.Sample}\t{h.Number}\t{h.Bases}\t{h.Substitutions}\t{h.Insertions}\t{h.Deletions}\t{h.Blocks}\t{h.Overlapping}\t{h.NoSequence}\t{h.Unknown}\t{h.Unphased}\n");
        return text.ToString();
    }

    private static void Show(List<Haplotype> all, HaplotypeOptions options, IRunView view)
    {
        string Sum(Func<Haplotype, long> of) => all.Sum(of).ToString("N0");
        view.Result($"{all.Count:N0} haplotypes of {FastaSummary.Counted(all.Count / 2, "sample")}, {FastaSummary.Counted(all.Sum(h => h.Bases), "base")}: {options.Output}");
        view.Result($"Alleles put in: {Sum(h => h.Substitutions)} substitutions, {Sum(h => h.Insertions)} insertions, {Sum(h => h.Deletions)} deletions, {Sum(h => h.Blocks)} blocks.");
        if (all.Any(h => h.Overlapping + h.NoSequence > 0))
            view.Result($"Alleles left out: {Sum(h => h.Overlapping)} overlap one before them, {Sum(h => h.NoSequence)} are no sequence (symbolic, breakends, *).");
        if (all.Any(h => h.Unknown > 0)) view.Result($"Unknown genotypes: {Sum(h => h.Unknown)}; the reference stays there.");
        if (all.Any(h => h.Unphased > 0)) view.Warn($"{Sum(h => h.Unphased)} alleles of unphased genotypes were settled by --unphased {TypeName(options.Unphased)}: such haplotypes are no one's.");
    }

    private static string TypeName(Unphased how) => Plugins.Options.TypeNames.Kebab(how.ToString());
}

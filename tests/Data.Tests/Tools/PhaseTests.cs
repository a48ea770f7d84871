using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Data.Tests.Tools;

/// <summary>What a VCF says of phase and ploidy, and what it leaves open.</summary>
public sealed class PhaseTests : IDisposable
{
    private const string Header = "##fileformat=VCFv4.4\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t";
    private const string Reference = "ACGTACGTACGTACGT";
    private readonly DataRun run = new();

    public PhaseTests() => run.Write("g.fa", ("c", Reference), ("x", Reference));

    public void Dispose() => run.Dispose();

    private void Vcf(string samples, params string[] lines) =>
        run.Write("v.vcf", Header + samples.Replace(' ', '\t') + "\n" + string.Concat(lines.Select(l => l.Replace(' ', '\t') + "\n")));

    private string[] Arguments(string output, params string[] more) =>
        ["--genome", "@g.fa", "--variants", "@v.vcf", "--output", "@" + output, .. more];

    private string Sequence(string file) => string.Concat(run.Lines(file).Where(l => !l.StartsWith('>')));

    private (string, string) Both(string folder) => (Sequence($"{folder}/s.1.fa"), Sequence($"{folder}/s.2.fa"));

    [Fact]
    public void Phase_sets_are_joined_only_as_asked()
    {
        Vcf("s", "c 2 . C G . . . GT:PS 0|1:2", "c 6 . C T . . . GT:PS 1|1:.", "c 10 . C A . . . GT:PS 1|0:10",
            "c 14 . C G . . . GT:PS 1|0:10");
        Assert.Contains("v.vcf:5: sample 's' is 1|0, in phase set 10, but phase set 2 came before on this chromosome",
            run.Fails<DataException>("haplotypes", Arguments("out")));
        run.Run("haplotypes", Arguments("reference", "--unphased", "reference"));
        Assert.Equal(("ACGTATGTACGTACGT", "AGGTATGTACGTACGT"), Both("reference"));
        run.Run("haplotypes", Arguments("written", "--unphased", "as-written"));
        Assert.Equal(("ACGTATGTAAGTAGGT", "AGGTATGTACGTACGT"), Both("written"));
        Assert.Contains(run.Said, s => s.StartsWith("warning: 4 alleles of unphased genotypes were settled by --unphased as-written"));
        var seen = new HashSet<(string, string)>();
        for (var seed = 1; seed < 20; seed++)
        {
            run.Run("haplotypes", Arguments($"r{seed}", "--unphased", "random", "--seed", $"{seed}"));
            seen.Add(Both($"r{seed}"));
        }
        // The second set turns as a whole, the first not at all.
        Assert.Equal([("ACGTATGTAAGTAGGT", "AGGTATGTACGTACGT"), ("ACGTATGTACGTACGT", "AGGTATGTAAGTAGGT")], seen.Order());
    }

    [Fact]
    public void A_chromosome_that_the_variants_do_not_speak_of_is_named()
    {
        Vcf("s", "c 2 . C G . . . GT 0|1");
        run.Run("haplotypes", Arguments("out"));
        Assert.Contains(run.Said, s => s == "Not written, for the VCF has no record there: x.");
        Assert.Equal(Reference, Sequence("out/s.1.fa"));
        run.Said.Clear();
        run.Run("haplotypes", Arguments("part", "--region", "c:1-8"));
        Assert.DoesNotContain(run.Said, s => s.StartsWith("Not written"));
    }

    [Fact]
    public void One_phase_set_a_chromosome_and_homozygous_genotypes_leave_nothing_open()
    {
        Vcf("s", "c 2 . C G . . . GT:PS 0|1:2", "c 6 . C T . . . GT:PS 1/1:7", "c 10 . C A . . . GT:PS 0|1:2",
            "x 2 . C G . . . GT:PS 1|0:9");
        run.Run("haplotypes", Arguments("out"));
        Assert.Equal((Reference.Remove(5, 1).Insert(5, "T") + "AGGTACGTACGTACGT", "AGGTATGTAAGTACGT" + Reference), Both("out"));
        Vcf("s", "c 2 . C G . . . GT:PS 0|1:2", "c 10 . C A . . . GT:PS 0|1:.");
        Assert.Contains("in no phase set, but phase set 2 came before", run.Fails<DataException>("haplotypes", Arguments("no")));
        // A stretch within one set is known, whatever comes elsewhere.
        Vcf("s", "c 2 . C G . . . GT:PS 0|1:2", "c 6 . C A . . . GT 0/1", "c 10 . C A . . . GT:PS 0|1:10");
        run.Run("haplotypes", Arguments("part", "--region", "c:9-16"));
        Assert.Equal(("ACGTACGT", "AAGTACGT"), Both("part"));
    }

    [Theory]
    [InlineData("0|.", "ACGTACGTACGTACGT", "ACGTACGTACGTACGT")]
    [InlineData(".|1", "ACGTACGTACGTACGT", "AGGTACGTACGTACGT")]
    [InlineData("1/.", "AGGTACGTACGTACGT", "ACGTACGTACGTACGT")]
    public void A_genotype_of_which_one_allele_is_unknown_is_refused_or_settled(string genotype, string first, string second)
    {
        Vcf("s", $"c 2 . C G . . . GT {genotype}");
        Assert.Contains($"v.vcf:3: sample 's' is {genotype}, of which one allele is unknown",
            run.Fails<DataException>("haplotypes", Arguments("out")));
        run.Run("haplotypes", Arguments("written", "--unphased", "as-written"));
        Assert.Equal((first, second), Both("written"));
        run.Run("haplotypes", Arguments("reference", "--unphased", "reference"));
        Assert.Equal((Reference, Reference), Both("reference"));
    }

    [Theory]
    [InlineData("|0|1", 0, 1, true)]
    [InlineData("|1|1", 1, 1, true)]
    [InlineData("/0/1", 0, 1, false)]
    [InlineData("/0|1", 0, 1, false)]
    [InlineData("|0/1", 0, 1, false)]
    [InlineData("0|1:3", 0, 1, true)]
    [InlineData("|1", 1, Genotype.Absent, true)]
    [InlineData("/1", 1, Genotype.Absent, true)]
    [InlineData(".", -1, Genotype.Absent, true)]
    public void A_mark_before_the_first_allele_is_read(string cell, int first, int second, bool phased)
    {
        Assert.True(Genotype.TryParse(cell, 1, out var genotype));
        Assert.Equal(new Genotype(first, second, phased), genotype);
    }

    [Theory]
    [InlineData("")]
    [InlineData("|")]
    [InlineData("||1")]
    [InlineData("0|2")]
    [InlineData("0|1|1")]
    [InlineData("0-1")]
    [InlineData("-1|0")]
    public void What_is_no_genotype_is_not_read(string cell) => Assert.False(Genotype.TryParse(cell, 1, out _));

    [Fact]
    public void A_sample_whose_calls_are_haploid_has_one_sequence()
    {
        Vcf("male female", "c 2 . C G . . . GT 0|1 1|1", "x 2 . C G . . . GT 1 0|1", "x 6 . C T . . . GT . 1|1",
            "x 10 . C T . . . GT ./. 0|0");
        run.Run("haplotypes", Arguments("out"));
        Assert.Equal([">c.male.1", ">x.male.1"], run.Lines("out/male.1.fa").Where(l => l[0] == '>'));
        Assert.Equal([">c.male.2"], run.Lines("out/male.2.fa").Where(l => l[0] == '>'));
        Assert.Equal([">c.female.2", ">x.female.2"], run.Lines("out/female.2.fa").Where(l => l[0] == '>'));
        Assert.Contains("One sequence, for all calls are haploid: male on x.", run.Said);
        run.Run("haplotypes", Arguments("alone", "--samples", "male", "--region", "x:1-8"));
        Assert.Equal(["haplotypes.tsv", "male.1.fa"], Directory.EnumerateFiles(run["alone"]).Select(f => Path.GetFileName(f)).Order());
        Assert.Contains("1 haplotype of 1 sample, 8 bases: " + run["alone"], run.Said);
    }

    [Fact]
    public void Haploid_calls_among_diploid_ones_are_told()
    {
        Vcf("s", "x 2 . C G . . . GT 0|1", "x 6 . C T . . . GT 1", "x 10 . C T . . . GT 1");
        run.Run("haplotypes", Arguments("out"));
        Assert.Equal(("ACGTATGTATGTACGT", "AGGTACGTACGTACGT"), Both("out"));
        Assert.Contains(run.Said, s =>
            s.StartsWith("warning: Haploid calls among diploid ones: s on x (2). They are in the first haplotype; the "
            + "second keeps the reference there."));
        Assert.Equal("s 2 16 1 0 0 0 0 0 0 0 2", run.Lines("out/haplotypes.tsv")[2].Replace('\t', ' '));
    }

    [Theory]
    [InlineData("sample 1 has the genotype '0/1/1' of 3 alleles; only haploid and diploid calls are read", "c 2 . C G . . . GT 0/1/1")]
    [InlineData("sample 1 has the genotype '0|1'; it must be one or two of 0 to 0", "c 2 . C . . . . GT 0|1")]
    [InlineData("ALT is 'G,', of which '' is neither bases nor '*'", "c 2 . C G, . . . GT 0|1")]
    [InlineData("ALT is 'G,-', of which '-' is neither bases nor '*'", "c 2 . C G,- . . . GT 0|1")]
    [InlineData("FORMAT is '.' but must begin with GT", "c 2 . C G . . . . .")]
    [InlineData("'chrc' and 'c' before it are both 'c' in g.fa", "chrc 2 . C G . . . GT 0|1")]
    public void A_record_that_cannot_be_put_in_is_refused_by_line(string message, string line)
    {
        Vcf("s", "c 1 . A G . . . GT 0|1", line);
        var said = run.Fails<DataException>("haplotypes", Arguments("out"));
        Assert.Contains("v.vcf:4: ", said);
        Assert.Contains(message, said);
    }

    [Fact]
    public void Alleles_that_are_no_sequence_are_counted_and_case_does_not_matter()
    {
        run.Write("low.fa", ("c", "acgtACNTACGTACGT"));
        Vcf("s", "c 2 . c g . . . GT 0|1", "c 4 . T <DEL> . . END=7 GT 1|0", "c 5 . A *,<NON_REF> . . . GT 1|2",
            "c 6 . C C[c:9[ . . . GT 0|1",
            "c 7 . G A . . . GT 0|1");
        run.Run("haplotypes", "--genome", "@low.fa", "--variants", "@v.vcf", "--output", "@out");
        Assert.Equal(("ACGTACNTACGTACGT", "AGGTACATACGTACGT"), Both("out"));
        Assert.Contains("Alleles left out: 0 overlap one before them, 4 are no sequence (symbolic, breakends, *).", run.Said);
        Assert.Contains(run.Said, s => s.StartsWith("warning: 1 record where the genome has N or another code"));
        // A symbolic deletion that reaches into a stretch is counted there.
        run.Said.Clear();
        run.Run("haplotypes", "--genome", "@low.fa", "--variants", "@v.vcf", "--region", "c:7-16", "--output", "@part");
        Assert.Contains("Alleles left out: 0 overlap one before them, 1 are no sequence (symbolic, breakends, *).", run.Said);
    }
}

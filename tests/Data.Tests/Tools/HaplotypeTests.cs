using FsCheck;
using FsCheck.Fluent;
using PluginHost.Data.Tests.Sources;

namespace PluginHost.Data.Tests.Tools;

public sealed class HaplotypeTests : IDisposable
{
    private const string Header = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t";
    private readonly DataRun run = new();

    public void Dispose() => run.Dispose();

    private string Sequence(string file) => string.Concat(run.Lines(file).Where(l => !l.StartsWith('>')));

    private void Vcf(string samples, params string[] lines) =>
        run.Write("v.vcf", Header + samples + "\n" + string.Concat(lines.Select(l => l.Replace(' ', '\t') + "\n")));

    [Fact]
    public void Alleles_are_put_in_place_haplotype_by_haplotype()
    {
        //                      1234567890123456
        run.Write("g.fa", ("c", "ACGTACGTACGTACGT"), ("d", "TTTTTTTT"), ("e", "GGGG"));
        Vcf(
            "s1\ts2",
            "c 2 . C G . PASS . GT 0|1 1/1",
            "c 4 . TAC T . PASS . GT:GQ 1|0:9 0|0:9",
            "c 6 . C A . q10 . GT 1|1 0|0",
            "c 9 . A AGGG,C . . . GT 1|2 2|0",
            "c 12 . T <DEL>,* . PASS . GT 1|2 0|0",
            "d 8 . T TA . PASS . GT 1 0|1");
        run.Run("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--output", "@out");
        Assert.Equal(["c.s1.1", "d.s1.1"], run.Lines("out/s1.1.fa").Where(l => l.StartsWith('>')).Select(l => l[1..]));
        Assert.Equal("ACGTGTAGGGCGTACGT" + "TTTTTTTTA", Sequence("out/s1.1.fa"));
        // The call on d is haploid, so there is no second d.
        Assert.Equal("AGGTAAGTCCGTACGT", Sequence("out/s1.2.fa"));
        Assert.Equal("AGGTACGTCCGTACGT" + "TTTTTTTT", Sequence("out/s2.1.fa"));
        Assert.Equal("AGGTACGTACGTACGT" + "TTTTTTTTA", Sequence("out/s2.2.fa"));
        // sample, haplotype, bases, substitutions, insertions, deletions, blocks, overlapping, no sequence, unknown, unphased, haploid
        Assert.Equal("s1 1 26 0 2 1 0 1 1 0 0 0", run.Lines("out/haplotypes.tsv")[1].Replace('\t', ' '));
        Assert.Equal("s2 2 25 1 1 0 0 0 0 0 0 0", run.Lines("out/haplotypes.tsv")[4].Replace('\t', ' '));
        run.Run("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--samples", "s2", "--region", "c:2-10", "--pass-only", "--pack",
            "--output", "@part");
        Assert.Equal(["haplotypes.tsv", "s2.1.fa.gz", "s2.2.fa.gz"],
            Directory.EnumerateFiles(run["part"]).Select(f => Path.GetFileName(f)).Order());
        run.Write("only.fa", ("chrd", "TTTTTTTT"));
        run.Run("haplotypes", "--genome", "@only.fa", "--variants", "@v.vcf", "--samples", "s2", "--region", "d:5-8", "--output", "@d");
        Assert.Equal("TTTTA", Sequence("d/s2.2.fa"));
        run.Run("windows", "--genome", "@part/s2.1.fa.gz", "--tiles", "200", "--min-length", "1", "--output", "@t.csv");
        Assert.Equal("GGTACGTCC", run.Rows("t.csv").Single()[0]);
    }

    [Fact]
    public void Any_variants_that_do_not_overlap_give_what_replacing_from_the_right_gives() =>
        Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
        {
            using var own = new DataRun();
            var random = new SeededRandom((ulong)seed);
            var reference = Dna.Random(300, (ulong)seed);
            own.Write("g.fa", ("c", reference));
            var lines = new List<string>();
            string[] expected = [reference, reference];
            var edits = new List<(int At, int Length, string Alt, int First, int Second)>();
            for (var at = (int)random.Next(5); at < 290; at += 8 + (int)random.Next(30))
                edits.Add((at, 1 + (int)random.Next(6), Dna.Random(1 + (int)random.Next(5), (ulong)(seed + at)), (int)random.Next(2),
                    (int)random.Next(2)));
            foreach (var (at, length, alt, first, second) in edits)
                lines.Add($"c\t{at + 1}\t.\t{reference.Substring(at, length)}\t{alt}\t.\t.\t.\tGT\t{first}|{second}");
            foreach (var (at, length, alt, first, second) in Enumerable.Reverse(edits))
            {
                if (first == 1) expected[0] = expected[0].Remove(at, length).Insert(at, alt);
                if (second == 1) expected[1] = expected[1].Remove(at, length).Insert(at, alt);
            }
            own.Write("v.vcf", Header + "s\n" + string.Join('\n', lines) + "\n");
            own.Run("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--output", "@out");
            for (var i = 0; i < 2; i++)
                Assert.Equal(expected[i], string.Concat(own.Lines($"out/s.{i + 1}.fa").Where(l => !l.StartsWith('>'))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Theory]
    [InlineData("v.vcf:4: REF is 'TAC' at c:5, but g.fa has 'ACG' there (the bases differ at position 5); is the VCF of another assembly?",
        "c 5 . TAC T . . . GT 0|0")]
    [InlineData("v.vcf:4: position 8 with REF 'TA' lies beyond the end of 'c', which has 8 bases", "c 8 . TA T . . . GT 0|0")]
    [InlineData("v.vcf:4: there is no record 'x' in g.fa", "x 5 . A T . . . GT 0|0")]
    [InlineData("v.vcf:4: sample 's' is 0/1, and / leaves open which allele is on which haplotype", "c 5 . A T . . . GT 0/1")]
    [InlineData("v.vcf:4: sample 1 has the genotype '0|2'", "c 5 . A T . . . GT 0|2")]
    [InlineData("v.vcf:4: FORMAT is 'GQ' but must begin with GT", "c 5 . A T . . . GQ 3")]
    [InlineData("v.vcf:4: position 1 comes after 2; sort the file", "c 1 . A T . . . GT 0|0")]
    [InlineData("v.vcf:4: the record has 9 columns, but the header has 10", "c 5 . A T . . . GT")]
    [InlineData("v.vcf:4: the position '0' is no whole number of at least 1", "c 0 . A T . . . GT 0|0")]
    [InlineData("v.vcf:4: REF is '-', which is no sequence of bases", "c 5 . - T . . . GT 0|0")]
    public void A_record_that_does_not_fit_is_named_by_line(string message, string line)
    {
        run.Write("g.fa", ("c", "ACGTACGT"));
        Vcf("s", "c 2 . C G . PASS . GT 0|1", line);
        Assert.Contains(message, run.Fails<DataException>("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--output", "@out"));
    }

    [Fact]
    public void Unphased_genotypes_are_settled_as_asked()
    {
        run.Write("g.fa", ("c", "ACGTACGT"));
        Vcf("s", "c 2 . C G . . . GT 1/0", "c 6 . C T . . . GT 1/1");
        foreach (var (how, first, second) in ((string, string, string)[])[("reference", "ACGTATGT", "ACGTATGT"),
            ("as-written", "AGGTATGT", "ACGTATGT")])
        {
            run.Run("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--unphased", how, "--output", $"@{how}");
            Assert.Equal((first, second), (Sequence($"{how}/s.1.fa"), Sequence($"{how}/s.2.fa")));
        }
        Assert.Contains("has no sample 't'",
            run.Fails<DataException>("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--samples", "t", "--output", "@x"));
        run.Write("v.vcf", "chr\tpos\n");
        Assert.Contains("a VCF file begins with '##fileformat=VCF'",
            run.Fails<DataException>("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--output", "@x"));
    }
}

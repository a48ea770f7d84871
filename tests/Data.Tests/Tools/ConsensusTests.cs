using FsCheck;
using FsCheck.Fluent;
using PluginHost.Data.Tests.Sources;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Data.Tests.Tools;

/// <summary>Haplotypes beside those of bcftools consensus, recorded by Golden/consensus.py, and stretches beside the whole.</summary>
public sealed class ConsensusTests : IDisposable
{
    private static readonly string golden = Path.Combine(AppContext.BaseDirectory, "Tools", "Golden", "consensus.tsv");
    private readonly DataRun run = new();

    public void Dispose() => run.Dispose();

    private sealed record Case(string Reference, string[] Variants, string First, string Second, long LeftOut);

    private static IEnumerable<Case> Cases() => File.ReadAllLines(golden).Select(l => l.Split('\t'))
        .Select(c => new Case(c[0], c[1].Split(' '), c[2], c[3], long.Parse(c[4])));

    private static IEnumerable<string> Records(string chromosome, IEnumerable<string> variants) => variants.Select(v => v.Split(':'))
        .Select(v => $"{chromosome}\t{v[0]}\t.\t{v[1]}\t{v[2]}\t.\t.\t.\tGT\t{v[3]}");

    private void Write(string fasta, string vcf, IReadOnlyList<Case> cases)
    {
        run.Write(fasta, cases.Select((c, i) => ($"c{i}", c.Reference)));
        run.Write(vcf, "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts\n"
            + string.Join('\n', cases.SelectMany((c, i) => Records($"c{i}", c.Variants))) + "\n");
    }

    private string[] Sequences(string file) =>
        [.. File.ReadAllText(run[file]).Split('>', StringSplitOptions.RemoveEmptyEntries).Select(r => string.Concat(r.Split('\n')[1..]))];

    [Fact]
    public void Alleles_at_one_place_side_by_side_and_over_each_other_are_put_in_as_bcftools_does()
    {
        var cases = Cases().ToList();
        Assert.Equal(137, cases.Count);
        Write("g.fa", "v.vcf", cases);
        run.Run("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--output", "@out");
        var (first, second) = (Sequences("out/s.1.fa"), Sequences("out/s.2.fa"));
        for (var i = 0; i < cases.Count; i++)
            Assert.Equal((string.Join(' ', cases[i].Variants), cases[i].First, cases[i].Second),
                (string.Join(' ', cases[i].Variants), first[i], second[i]));
        Assert.Contains(run.Said, s => s.StartsWith($"Alleles left out: {cases.Sum(c => c.LeftOut):N0} overlap one before them, 0"));
    }

    [Fact]
    public void Stretches_of_a_haplotype_make_the_whole_wherever_they_are_cut()
    {
        foreach (var (part, i) in Cases().Skip(2).Take(40).Select((c, i) => (c, i)))
        {
            Write("g.fa", "v.vcf", [part]);
            var length = part.Reference.Length;
            var cut = 1 + (7 * i) % (length - 1);
            string[] pieces = ["", ""];
            foreach (var (name, from, to) in ((string, int, int)[])[("a", 1, cut), ("b", cut + 1, length)])
            {
                run.Run("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--region", $"c0:{from}-{to}", "--output",
                    $"@{name}{i}");
                foreach (var number in (int[])[1, 2]) pieces[number - 1] += Sequences($"{name}{i}/s.{number}.fa").Single();
            }
            Assert.Equal((part.First, part.Second, $"{cut}"), (pieces[0], pieces[1], $"{cut}"));
        }
    }

    [Fact]
    public void A_deletion_over_the_edge_takes_its_bases_out_of_the_stretch()
    {
        Write("g.fa", "v.vcf", [new("ACGTACGTACGTACGT", ["4:TACG:T:1|1", "12:TACG:T:1|1"], "", "", 0)]);
        run.Run("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--region", "c0:6-13", "--output", "@out");
        Assert.Equal("TACGT", Sequences("out/s.1.fa").Single());
        Assert.Contains("Alleles put in: 0 substitutions, 0 insertions, 4 deletions, 0 blocks.", run.Said);
        // What changes nothing in the stretch is not counted: the base before the second deletion stays.
        run.Said.Clear();
        run.Run("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--region", "c0:8-12", "--output", "@inside");
        Assert.Equal("TACGT", Sequences("inside/s.1.fa").Single());
        Assert.Contains("Alleles put in: 0 substitutions, 0 insertions, 0 deletions, 0 blocks.", run.Said);
    }

    [Fact]
    public void What_bases_become_makes_the_allele_wherever_it_is_cut() => Prop.ForAll(
        Gen.Choose(0, 1_000_000).ToArbitrary(),
        seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var reference = Dna.Random(1 + (int)random.Next(6), (ulong)seed);
            var alternative = Dna.Random(1 + (int)random.Next(6), (ulong)seed + 1);
            for (var cut = 0; cut <= reference.Length; cut++)
                Assert.Equal(alternative, Allele.Part(reference, alternative, 0, cut)
                    + Allele.Part(reference, alternative, cut, reference.Length));
        }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("TACG", "T", 0, 1, "T")]
    [InlineData("TACG", "T", 1, 3, "")]
    [InlineData("A", "AGG", 0, 1, "AGG")]
    [InlineData("CA", "CTTA", 0, 1, "CTT")]
    [InlineData("CA", "CTTA", 1, 2, "A")]
    [InlineData("ACG", "G", 2, 3, "G")]
    [InlineData("ACGT", "TTGT", 0, 1, "T")]
    [InlineData("AC", "GGGG", 1, 2, "GGG")]
    public void Inserted_bases_belong_to_the_base_before_them(string reference, string alternative, int from, int to, string part) =>
        Assert.Equal(part, Allele.Part(reference, alternative, from, to));
}

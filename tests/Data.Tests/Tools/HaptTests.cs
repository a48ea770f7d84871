using System.IO.Compression;
using PluginHost.Libs.Genomics.Haplotypes;
using PluginHost.Plugins.Tables.Haplotypes;

namespace PluginHost.Data.Tests.Tools;

/// <summary>Phased genotypes as rows of 0 and 1.</summary>
public sealed class HaptTests : IDisposable
{
    private const string Header = "##fileformat=VCFv4.4\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t";
    private readonly DataRun run = new();

    public void Dispose() => run.Dispose();

    private void Vcf(string samples, params string[] lines) =>
        run.Write("v.vcf", Header + samples.Replace(' ', '\t') + "\n" + string.Concat(lines.Select(l => l.Replace(' ', '\t') + "\n")));

    private string[] Arguments(string output, params string[] more) => ["--variants", "@v.vcf", "--output", "@" + output, .. more];

    [Fact]
    public void Each_SNP_of_two_alleles_is_a_column_and_what_else_there_is_is_counted()
    {
        Vcf("s t", "1 2 . C G . . . GT 0|1 1|1", "1 3 . CA C . . . GT 0|1 1|1", "1 4 . A G,T . . . GT 0|1 1|2",
            "1 5 . A T . . . GT .|. 0|1",
            "1 6 . A T . low . GT 1|0 0|1", "2 2 . T <DEL> . . . GT 1|0 0|0", "2 7 . T C . PASS . GT 1|0 0|0");
        run.Run("hapt", Arguments("a.hapt", "--legend", "@a.legend"));
        Assert.Equal(["Real s_A 0 1 1", "Real s_B 1 0 0", "Real t_A 1 0 0", "Real t_B 1 1 0"], run.Lines("a.hapt"));
        Assert.Equal(["id position a0 a1", "1:2_C_G 2 C G", "1:6_A_T 6 A T", "2:7_T_C 7 T C"], run.Lines("a.legend"));
        run.Run("hapt", Arguments("p.hapt", "--legend", "@p.legend.gz"));
        using (var packed = new StreamReader(new GZipStream(File.OpenRead(run["p.legend.gz"]), CompressionMode.Decompress)))
            Assert.Equal(File.ReadAllText(run["a.legend"]), packed.ReadToEnd());
        Assert.Contains("4 haplotypes of 3 SNPs: " + run["a.hapt"], run.Said);
        Assert.Contains("4 records left out: 2 no SNP, 1 not of two alleles, 1 with an unknown allele.", run.Said);
        run.Run("hapt", Arguments("b.hapt.gz", "--pass-only", "--samples", "t", "--group", "T", "--region", "2:1-9"));
        var read = HaplotypeFile.Read(run["b.hapt.gz"]);
        Assert.Equal((2, 1, "T", "t_B"), (read.Bits.Rows, read.Bits.Columns, read.Groups[1], read.Names[1]));
    }

    [Fact]
    public void The_source_reads_a_VCF_as_it_reads_the_rows()
    {
        Vcf("s t", "1 2 . C G . . . GT 0|1 1|1", "1 4 . A G,T . . . GT 0|1 1|2", "2 7 . T C . PASS . GT 1|0 0|0");
        run.Run("hapt", Arguments("a.hapt"));
        Sample[] All(string file)
        {
            var source = new HaplotypeSource(new() { Path = run[file] }, p => p);
            return [.. Enumerable.Range(0, 4).Select(i => source.Open(Split.Train)!.Get(i, new SeededRandom(0)))];
        }

        Assert.Equal(All("a.hapt").Select(s => (s.Id, s.Sequence, s.Label)), All("v.vcf").Select(s => (s.Id, s.Sequence, s.Label)));
        Assert.Contains("1 record left out: 1 not of two alleles.", new HaplotypeSource(new() { Path = run["v.vcf"] }, p => p).Notes);
    }

    [Fact]
    public void Haploid_samples_have_one_row_and_none_changes_its_ploidy()
    {
        Vcf("he she", "X 2 . C G . . . GT 1 0|1", "X 4 . C G . . . GT 0 1|1");
        run.Run("hapt", Arguments("a.hapt"));
        Assert.Equal(["Real he 1 0", "Real she_A 0 1", "Real she_B 1 1"], run.Lines("a.hapt"));
        Vcf("he", "X 2 . C G . . . GT 1", "X 4 . C G . . . GT 0|1");
        Assert.Contains("v.vcf:4: sample 'he' has two alleles here and one before", run.Fails<DataException>("hapt", Arguments("b.hapt")));
    }

    [Fact]
    public void Open_phase_is_refused_or_settled_as_asked()
    {
        Vcf("s", "1 2 . C G . . . GT 1/0", "1 4 . C G . . . GT 1/.");
        Assert.Contains("v.vcf:3: sample 's' is 1/0, and / leaves open", run.Fails<DataException>("hapt", Arguments("a.hapt")));
        run.Run("hapt", Arguments("b.hapt", "--unphased", "as-written"));
        Assert.Equal(["Real s_A 1 1", "Real s_B 0 0"], run.Lines("b.hapt"));
        Assert.Contains(run.Said, s => s.StartsWith("warning: 2 genotypes of open phase settled by --unphased"));
        run.Run("hapt", Arguments("c.hapt", "--unphased", "reference"));
        Assert.Equal(["Real s_A 0 0", "Real s_B 0 0"], run.Lines("c.hapt"));
    }

    [Fact]
    public void A_file_without_a_SNP_and_an_output_that_is_there_are_refused()
    {
        Vcf("s", "1 2 . CA G . . . GT 1|0");
        Assert.Equal("v.vcf has no phased SNP of two alleles; 1 record left out: 1 no SNP.",
            run.Fails<DataException>("hapt", Arguments("a.hapt")));
        run.Write("there.hapt", "x");
        Assert.Contains("exists already", run.Fails<UsageException>("hapt", Arguments("there.hapt")));
        Assert.Contains("would be written twice", run.Fails<UsageException>("hapt", Arguments("c", "--legend", "@c")));
    }

    [Fact]
    public void A_matrix_of_bits_turned_twice_is_itself()
    {
        var random = new SeededRandom(5);
        var matrix = new BitMatrix(70, 131);
        for (var row = 0; row < 70; row++)
            for (var column = 0; column < 131; column++)
                if (random.Next(3) == 0) matrix.Row(row)[column / 64] |= 1UL << column;
        var turned = matrix.Transposed();
        for (var row = 0; row < 70; row++)
            for (var column = 0; column < 131; column++) Assert.Equal(matrix[row, column], turned[column, row]);
        Assert.Equal(matrix.Ones().Sum(), turned.Ones().Sum());
        Assert.True(turned.Transposed().Row(69).SequenceEqual(matrix.Row(69)));
    }
}

using PluginHost.Plugins.Population;

namespace PluginHost.Plugins.Tests.Population;

/// <summary>What <c>population compare</c> takes and refuses.</summary>
public sealed class PopulationInputTests : IDisposable
{
    private const string Header = "##fileformat=VCFv4.4\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts\tt\n";

    private readonly PopulationRun run = new();

    public void Dispose() => run.Dispose();

    private string Vcf(string name, params string[] lines) =>
        run.Write(name, Header + string.Concat(lines.Select(l => l.Replace(' ', '\t') + "\n")));

    private string Fails<T>(CompareOptions options)
        where T : HostException
    {
        options.Output = Path.Combine(run.Folder, "out");
        var message = Assert.Throws<T>(() => run.Compare(options)).Message;
        Assert.False(Directory.Exists(options.Output));
        return message;
    }

    private string Fails<T>(string real, string artificial)
        where T : HostException => Fails<T>(new CompareOptions { Real = [real], Artificial = [artificial], Bootstrap = 0 });

    [Fact]
    public void A_VCF_is_compared_as_its_rows_are()
    {
        var vcf = Vcf("r.vcf", "1 10 . A C . . . GT 0|1 1|1", "1 30 . G T . . . GT 1|0 0|1", "1 35 . G T,A . . . GT 1|0 0|2",
            "2 9 . G T . . . GT 1|1 0|1");
        var rows = run.Haplotypes("r.hapt", "011", "101", "100", "111");
        var ours = run.Haplotypes("o.hapt", "010", "101", "001", "110");
        var (a, b) = (run.Compare(vcf, ours), run.Compare(rows, ours));
        Assert.Equal(File.ReadAllText(Path.Combine(b, "figures.tsv")), File.ReadAllText(Path.Combine(a, "figures.tsv")));
        Assert.EndsWith("r.vcf: 1 record left out: 1 not of two alleles.", Assert.Single(run.Said));
        // 20 bases apart on chromosome 1; the third SNP is elsewhere.
        Assert.Equal(["bases", "1"], PopulationRun.Rows(a, "ld-decay.tsv").Where(r => r[0] == "bases").Select(r => (string[])[r[0], r[3]])
            .Single());
        Assert.Equal(["3", "2", "9"], PopulationRun.Rows(a, "allele-frequencies.tsv")[2][..3]);
    }

    [Fact]
    public void Places_are_asked_of_a_VCF_alone()
    {
        var rows = run.Haplotypes("r.hapt", "011", "101");
        Assert.Contains("--region and --pass-only are for a VCF", Fails<UsageException>(new CompareOptions
        {
            Real = [rows], Artificial = [rows], Names = ["x"], Region = "1:1-20",
        }));
    }

    [Fact]
    public void Sets_of_other_SNPs_are_refused()
    {
        var (two, three) = (run.Haplotypes("2.hapt", "01", "10"), run.Haplotypes("3.hapt", "011", "101"));
        Assert.Equal("3.hapt has 3 SNPs, 2.hapt has 2; haplotypes are compared on the same SNPs in the same order.",
            Fails<DataException>(two, three).Replace(run.Folder + "/", ""));
        var (a, b) = (Vcf("a.vcf", "1 10 . A C . . . GT 0|1 1|1", "1 30 . G T . . . GT 0|1 1|1"),
            Vcf("b.vcf", "1 10 . A C . . . GT 0|1 1|1", "1 31 . G T . . . GT 0|1 1|1"));
        Assert.Contains("SNP 2 is 1:31 G/T in ", Fails<DataException>(a, b));
        Assert.Contains("3.hapt has 3 SNPs", Fails<DataException>(a, three));
        var legend = run.Write("l.legend", "id position a0 a1\n1:10_A_C 10 A C\n");
        Assert.Contains("names 1 SNP, but the haplotypes of", Fails<DataException>(new CompareOptions
        {
            Real = [two], Artificial = [two], Legend = legend, Names = ["x"],
        }));
        Assert.Contains("SNP 1 is 1:10 A/C in", Fails<DataException>(new CompareOptions
        {
            Real = [a], Artificial = [two], Legend = run.Write("m.legend", "1:11 11 A C\n1:30 30 G T\n"),
        }));
    }

    [Fact]
    public void Files_without_a_distribution_are_refused()
    {
        var fine = run.Haplotypes("f.hapt", "01", "10");
        Assert.Contains("one.hapt holds a single haplotype; a distribution needs two or more.",
            Fails<DataException>(fine, run.Haplotypes("one.hapt", "01")));
        Assert.Contains("all 2 SNPs have one allele in every haplotype",
            Fails<DataException>(run.Haplotypes("same.hapt", "01", "01"), fine));
        Assert.Contains("is empty", Fails<DataException>(fine, run.Write("e.hapt", "")));
        Assert.Contains("'2' at position 2 is not in the alphabet 01", Fails<DataException>(fine, run.Haplotypes("b.hapt", "02", "01")));
        Assert.Contains("this haplotype has 3 SNPs, the first one 2", Fails<DataException>(fine, run.Haplotypes("w.hapt", "01", "011")));
        Assert.Contains("does not exist", Fails<DataException>(fine, Path.Combine(run.Folder, "none.hapt")));
        var folder = run.Compare(fine, run.Haplotypes("constant.hapt", "01", "01"));
        Assert.Contains("constant: all haplotypes are the same; figures of what varies are not defined.", run.Said);
        Assert.True(double.IsNaN(PopulationRun.Figures(folder, "constant")["ld_r"][0]));
    }

    [Fact]
    public void Names_are_one_for_each_set_and_different()
    {
        var fine = run.Haplotypes("f.hapt", "01", "10");
        string With(params string[] names) =>
            Fails<UsageException>(new CompareOptions { Real = [fine], Artificial = [fine], Names = names });
        Assert.Contains("--names has 2 names for 1 artificial set", With("a,b"));
        Assert.Contains("'real' cannot name an artificial set", With("real"));
        run.Compare(new CompareOptions { Real = [fine], Artificial = [fine], Names = ["x"], Output = Path.Combine(run.Folder, "there") });
        Assert.Contains("exists already", Assert.Throws<UsageException>(() => run.Compare(new CompareOptions
        {
            Real = [fine], Artificial = [fine], Names = ["x"], Output = Path.Combine(run.Folder, "there"),
        })).Message);
    }
}

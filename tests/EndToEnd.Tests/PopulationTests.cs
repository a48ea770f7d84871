namespace PluginHost.EndToEnd.Tests;

/// <summary>Phased genotypes to haplotypes, and artificial haplotypes against real ones, by the host's commands.</summary>
public sealed class PopulationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-population-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string name) => Path.Combine(folder, name);

    private HostProcess.Result Run(params string[] arguments) => HostProcess.Run(folder, arguments);

    private void Halve()
    {
        var lines = File.ReadAllLines(Repository.Sample("haplotypes", "made.hapt"));
        File.WriteAllLines(At("real.hapt"), lines[..120]);
        File.WriteAllLines(At("ours.hapt"), lines[120..]);
    }

    [Fact]
    public void The_sample_is_compared_with_itself_in_halves()
    {
        Halve();
        var said = Run("population", "compare", "--real", "real.hapt", "--artificial", "ours.hapt", "--output", "report",
            "--bootstrap", "50");
        said.Expect(0);
        // As numpy has it.
        Assert.Contains("0.968", said.Output, StringComparison.Ordinal);
        Assert.Contains(File.ReadLines(At("report/figures.tsv")), l => l.StartsWith("ours\tld_r\t0.596266\t", StringComparison.Ordinal));
        Assert.All(Directory.GetFiles(At("report"), "*.svg"), f => Assert.StartsWith("<svg", File.ReadAllText(f)));
        Assert.Contains("Principal components", File.ReadAllText(At("report/report.html")), StringComparison.Ordinal);
        Assert.DoesNotContain("http", File.ReadAllText(At("report/report.html")).Replace("http://www.w3.org/", ""),
            StringComparison.Ordinal);
        Run("population", "compare", "--real", "real.hapt", "--artificial", "ours.hapt", "--output", "report")
            .Expect(2, "report exists already");
    }

    [Fact]
    public void Genotypes_become_rows_that_are_compared_as_the_genotypes_are()
    {
        File.WriteAllText(At("p.vcf"), "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\tb\tc\n"
            + string.Concat(Enumerable.Range(0, 6).Select(i =>
                $"7\t{100 + 50 * i}\t.\tA\tG\t.\tPASS\t.\tGT\t{i & 1}|{i >> 1 & 1}\t{(i + 1) & 1}|1\t0|{i >> 2 & 1}\n")));
        Run("data", "hapt", "--variants", "p.vcf", "--output", "p.hapt.gz", "--legend", "p.legend").Expect(0);
        Run("population", "compare", "--real", "p.vcf", "--artificial", "p.hapt.gz", "--legend", "p.legend", "--names", "same", "--output",
            "o", "--bootstrap", "0").Expect(0);
        Assert.Contains("same\tcopies_of_training\t1\t", File.ReadAllText(At("o/figures.tsv")), StringComparison.Ordinal);
        Assert.Contains("same\tallele_frequency_r\t1\t", File.ReadAllText(At("o/figures.tsv")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("R a 0 1\nR b 1 0 1\n", 3, "this haplotype has 3 SNPs, the first one 2")]
    [InlineData("R a 0 1\nR b 1 0\n", 3, "haplotypes are compared on the same SNPs")]
    [InlineData("", 3, "is empty")]
    public void What_cannot_be_compared_ends_in_a_sentence_and_nothing_is_written(string text, int code, string message)
    {
        Halve();
        File.WriteAllText(At("bad.hapt"), text);
        Run("population", "compare", "--real", "real.hapt", "--artificial", "bad.hapt", "--output", "report").Expect(code, message);
        Assert.False(Directory.Exists(At("report")));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder), f => Path.GetFileName(f).StartsWith('.'));
    }
}

using PluginHost.Data.Tests.Sources;
using PluginHost.Libs.Genomics.Tables;
using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Fasta.Windows;
using PluginHost.Plugins.Tables.Labelled;

namespace PluginHost.Data.Tests.Tools;

/// <summary>A chromosome is one under all its names, wherever it is compared.</summary>
public sealed class ChromosomeTests : IDisposable
{
    private readonly DataRun run = new();
    private readonly string one = Dna.Random(2000, 1), mitochondrion = Dna.Random(400, 2);

    public void Dispose() => run.Dispose();

    private string[] Values(string file, int column) => [.. run.Rows(file).Select(r => r[column]).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("chr1", "chrM")]
    [InlineData("1", "MT")]
    [InlineData("chr1*", "M*")]
    public void Rows_of_one_chromosome_stay_together(string test, string dev)
    {
        var row = 0UL;
        string Rows(params string[] names) => "sequence,label,chrom\n"
            + string.Concat(names.SelectMany(n => Enumerable.Range(0, 6).Select(i => $"{Dna.Random(30, row++)},{i % 2},{n}\n")));
        run.Write("a.csv", Rows("chr1", "chr2", "MT"));
        run.Write("b.csv", Rows("1", "2", "chrM"));
        foreach (var by in (string[][])[["chromosome"], ["record", "--column", "chrom"]])
        {
            run.Run("split", ["@a.csv", "@b.csv", "--by", .. by, "--test-names", test, "--dev-names", dev, "--output", $"@{by[0]}"]);
            Assert.Equal(["1", "chr1"], Values($"{by[0]}/test.csv", 2));
            Assert.Equal(["MT", "chrM"], Values($"{by[0]}/dev.csv", 2));
            Assert.Equal(["2", "chr2"], Values($"{by[0]}/train.csv", 2));
        }
        Assert.Contains("'1' and 'chr1' are one chromosome and stay together.", run.Said);
        Assert.Contains("is named for dev and for test", run.Fails<UsageException>("split", "@a.csv", "@b.csv", "--by", "chromosome",
            "--test-names", "1", "--dev-names", "chr1", "--output", "@x"));
    }

    [Fact]
    public void Records_called_like_one_chromosome_are_told()
    {
        run.Write("g.fa", ("chr1", one), ("1", one[..900]), ("2", mitochondrion));
        run.Run("split", "@g.fa", "--by", "chromosome", "--test-names", "1", "--output", "@merged");
        Assert.Equal([">chr1", ">1"], run.Lines("merged/test.fa").Where(l => l[0] == '>'));
        Assert.Contains("'1' and 'chr1' are one chromosome and stay together.", run.Said);
        run.Run("split", "@g.fa", "--by", "record", "--test-names", "1", "--output", "@apart");
        Assert.Equal([">1"], run.Lines("apart/test.fa").Where(l => l[0] == '>'));
        Assert.Contains("warning: '1' and 'chr1' may be one chromosome, but are two groups here; --by chromosome keeps them together.",
            run.Said);
        // Places go to the record of that very name.
        run.Write("b.bed", "1\t0\t10\nchr1\t100\t110\n");
        run.Run("windows", "--genome", "@g.fa", "--features", "@b.bed", "--anchor", "whole", "--records", "1", "--output", "@w.csv");
        Assert.Equal([one[..10]], run.Rows("w.csv").Select(r => r[0]));
    }

    [Fact]
    public void Features_negatives_and_places_find_the_genomes_record()
    {
        run.Write("g.fa", ("1", one), ("MT", mitochondrion));
        run.Write("b.bed", "chr1\t0\t20\n1\t50\t70\nchrM\t5\t25\n");
        run.Run("windows", "--genome", "@g.fa", "--features", "@b.bed", "--anchor", "whole", "--records", "chr1", "--output", "@w.csv");
        Assert.Equal([one[..20], one[50..70]], run.Rows("w.csv").Select(r => r[0]));
        run.Run("windows", "--genome", "@g.fa", "--tiles", "100", "--overlap", "0", "--records", "chrM", "--output", "@t.csv");
        Assert.Equal(["MT"], Values("t.csv", 2));
        run.Write("p.csv", "chrom,start,end,sequence\n" + $"chr1,200,220,{one[200..220]}\n");
        run.Write("no.bed", "chr1\t0\t1000\n");
        run.Run("negatives", "@p.csv", "--how", "genome", "--genome", "@g.fa", "--exclude", "@no.bed", "--gc", "0.2", "--alone", "--output",
            "@n.csv");
        Assert.True(int.Parse(run.Rows("n.csv").Single()[4]) >= 1000);
        run.Write("t.gtf",
            "chr1\tx\texon\t101\t200\t.\t+\t.\ttranscript_id \"t;1\";\n1\tx\texon\t301\t400\t.\t+\t.\ttranscript_id \"t;1\";\n");
        run.Run("windows", "--genome", "@g.fa", "--features", "@t.gtf", "--anchor", "donor", "--window", "0..9", "--output", "@d.csv");
        Assert.Equal((one[200..210], "t;1"), (run.Rows("d.csv").Single()[0], run.Rows("d.csv").Single()[7]));
        var places = new GenomePlaces([run["g.fa"]]);
        run.Write("places.csv", "region,start,end\nchr1,0,5\n1,5,9\nM,0,4\n");
        Assert.Equal([one[..5], one[5..9], mitochondrion[..4]],
            places.Read(run["places.csv"], ["region", "start", "end"]).Select(s => s.Sequence));
    }

    [Fact]
    public void A_FASTA_source_holds_out_every_record_of_a_chromosome_and_says_so()
    {
        run.Write("a.fa", ("chr1", one), ("chr2", mitochondrion));
        run.Write("b.fa", ("1", one[..900]), ("3", mitochondrion[..300]));
        var options = new FastaOptions { Path = [run["a.fa"], run["b.fa"]], Dev = ["1"], How = WindowMode.Whole };
        var source = new FastaSource(options, p => p);
        IEnumerable<string> Ids(Split split) => Enumerable.Range(0, (int)source.Open(split)!.Count)
            .Select(i => source.Open(split)!.Get(i, new SeededRandom(1)).Id);
        Assert.Equal(["chr1", "1"], Ids(Split.Dev).Select(i => i.Split(':')[0]));
        Assert.Equal(["chr2", "3"], Ids(Split.Train).Select(i => i.Split(':')[0]));
        Assert.Contains("Records 'chr1' and '1' count as one chromosome: what names one for a split names both.", source.Notes);
    }

    [Fact]
    public void Tables_are_joined_by_chromosome_under_any_of_its_names()
    {
        run.Write("t.csv", "sequence,chrom\nACGT,chr1\nACGG,1\nACCC,MT\n");
        run.Write("j.csv", "chrom,length\n1,7\nchrM,8\n");
        var joined = JoinedTable.Read(run["j.csv"], "chrom", new Dictionary<string, string[]>(), null);
        var rows = TableReader.Read(run["t.csv"], new() { Label = "none" }, [joined], labelRequired: false);
        Assert.Equal(["7", "7", "8"], rows.Samples.Select(s => s.Text("length")));
        run.Write("twice.csv", "chrom,length\n1,7\nchr1,8\n");
        Assert.Contains("twice.csv:3: the chrom 'chr1' is there already", Assert.Throws<DataException>(() =>
            JoinedTable.Read(run["twice.csv"], "chrom", new Dictionary<string, string[]>(), null)).Message);
    }

    [Fact]
    public void A_region_and_variants_are_found_under_another_name()
    {
        run.Write("g.fa", ("chrMT", "ACGTACGT"));
        run.Write("v.vcf",
            "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts\nM\t2\t.\tC\tG\t.\t.\t.\tGT\t1|0\n");
        run.Run("haplotypes", "--genome", "@g.fa", "--variants", "@v.vcf", "--region", "MT:1-4", "--output", "@out");
        Assert.Equal([">chrMT.s.1 reference=chrMT:0-4", "AGGT"], run.Lines("out/s.1.fa"));
    }
}

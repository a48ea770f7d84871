using PluginHost.Data.Tests.Sources;
using PluginHost.Plugins.DataTools.Windows;

namespace PluginHost.Data.Tests.Tools;

public sealed class WindowTests : IDisposable
{
    private readonly DataRun run = new();
    private readonly string chr = Dna.Random(2000, 4);

    public WindowTests() => run.Write("g.fa", ("chr1", chr), ("chr2", Dna.Random(300, 5)));

    public void Dispose() => run.Dispose();

    private string Reverse(int start, int end) => Iupac.ReverseComplement(chr[start..end]);

    [Fact]
    public void Promoters_reach_from_249_before_to_50_after_the_start_on_either_strand()
    {
        run.Write("genes.gff3",
            "##gff-version 3\nchr1\tx\tgene\t501\t900\t.\t+\t.\tID=g1;Name=first\n"
            + "chr1\tx\tmRNA\t501\t900\t.\t+\t.\tID=m1\n1\tx\tgene\t301\t700\t.\t-\t.\tID=g2\n");
        run.Run("windows", "--genome", "@g.fa", "--features", "@genes.gff3", "--type", "gene", "--window", "promoter", "--output",
            "@p.csv");
        Assert.Equal(
            [
                "sequence,label,id,chromosome,start,end,strand,name",
                $"{chr[251..551]},1,chr1:251-551(+),chr1,251,551,+,first",
                // The reverse gene starts at its last base, 699; 249 before it lies at higher positions.
                $"{Reverse(649, 949)},1,chr1:649-949(-),chr1,649,949,-,g2",
            ],
            run.Lines("p.csv"));
        run.Run("windows", "--genome", "@g.fa", "--features", "@genes.gff3", "--type", "gene", "--window", "core-promoter", "--label",
            "{type}-{ID}", "--output", "@c.csv");
        Assert.Equal([$"{chr[466..536]},gene-g1", $"{Reverse(664, 734)},gene-g2"], run.Rows("c.csv").Select(r => $"{r[0]},{r[1]}"));
    }

    [Fact]
    public void Donors_and_acceptors_lie_at_introns_of_GFF_GTF_and_BED_blocks_alike()
    {
        // Exons 100-200, 300-400, 500-600 forward; the same backward.
        foreach (var strand in "+-")
        {
            string Line(int from, int to, string attributes) => $"chr1\tx\texon\t{from + 1}\t{to}\t.\t{strand}\t.\t{attributes}\n";
            run.Write("t.gff3", Line(500, 600, "Parent=t1") + Line(100, 200, "Parent=t1") + Line(300, 400, "Parent=t1"));
            run.Write("t.gtf", Line(100, 200, "gene_id \"g\"; transcript_id \"t1\"")
                + Line(300, 400, "gene_id \"g\"; transcript_id \"t1\"") + Line(500, 600, "transcript_id \"t1\";"));
            run.Write("t.bed", $"chr1\t100\t600\tt1\t0\t{strand}\t100\t600\t0\t3\t100,100,100,\t0,200,400,\n");
            foreach (var file in (string[])["t.gff3", "t.gtf", "t.bed"])
            {
                File.Delete(run["s.csv"]);
                run.Run("windows", "--genome", "@g.fa", "--features", "@" + file, "--anchor", "donor", "--anchor", "acceptor", "--window",
                    "-3..4", "--output", "@s.csv");
                var expected = strand == '+'
                    ? new[] { $"{chr[197..205]},donor", $"{chr[297..305]},acceptor", $"{chr[397..405]},donor", $"{chr[497..505]},acceptor" }
                    : [$"{Reverse(295, 303)},donor", $"{Reverse(195, 203)},acceptor", $"{Reverse(495, 503)},donor",
                        $"{Reverse(395, 403)},acceptor"];
                Assert.Equal(expected, run.Rows("s.csv").Select(r => $"{r[0]},{r[1]}"));
            }
        }
    }

    [Fact]
    public void Windows_beyond_the_end_are_left_out_padded_or_clipped()
    {
        run.Write("b.bed", "chr1\t0\t10\nchr1\t1000\t1010\n");
        foreach (var (ends, first) in ((string, string?)[])[("skip", null), ("pad", "NNNNN" + chr[..5]), ("clip", chr[..5])])
        {
            run.Run("windows", "--genome", "@g.fa", "--features", "@b.bed", "--window", "-5..4", "--ends", ends, "--max-n", "1", "--output",
                $"@{ends}.csv");
            Assert.Equal(first is null ? [chr[995..1005]] : [first, chr[995..1005]], run.Rows($"{ends}.csv").Select(r => r[0]));
        }
    }

    [Fact]
    public void Tiles_overlap_cover_everything_and_know_their_features()
    {
        run.Write("b.bed", "chr1\t0\t150\nchr1\t100\t260\n");
        run.Run("windows", "--genome", "@g.fa", "--tiles", "300", "--features", "@b.bed", "--records", "chr1", "--min-length", "1",
            "--output", "@t.csv");
        var rows = run.Rows("t.csv");
        Assert.Equal([(0, 300), (200, 500), (400, 700), (600, 900), (800, 1100), (1000, 1300), (1200, 1500), (1400, 1700), (1600, 1900),
            (1800, 2000)], rows.Select(r => (int.Parse(r[4]), int.Parse(r[5]))));
        Assert.All(rows, r => Assert.Equal(chr[int.Parse(r[4])..int.Parse(r[5])], r[0]));
        Assert.Equal("1000000000", string.Concat(rows.Select(r => r[1])));
    }

    [Fact]
    public void Hard_masked_stretches_are_kept_skipped_split_or_deleted()
    {
        var masked = chr[..450] + new string('N', 100) + chr[550..900] + new string('N', 50) + chr[950..1200];
        run.Write("n.fa", ("c", masked));
        IReadOnlyList<string[]> Tiles(string how, params string[] more)
        {
            run.Run("windows", ["--genome", "@n.fa", "--tiles", "200", "--overlap", "0", "--min-length", "1", "--hard-masked", how,
                "--output", $"@{how}.csv", "--force", .. more]);
            return run.Rows($"{how}.csv");
        }

        Assert.Equal(masked, string.Concat(Tiles("keep").Select(r => r[0])));
        Assert.Equal(["0", "200", "600", "1000"], Tiles("skip").Select(r => r[3]));
        Assert.Equal(["0", "200", "600", "800", "1000"], Tiles("skip", "--max-n", "0.25").Select(r => r[3]));
        var split = Tiles("split");
        Assert.Equal(masked.Replace("N", ""), string.Concat(split.Select(r => r[0])));
        Assert.Equal(["0", "200", "400", "550", "750", "950", "1150"], split.Select(r => r[3]));
        var deleted = Tiles("delete");
        Assert.Equal(masked.Replace("N", ""), string.Concat(deleted.Select(r => r[0])));
        Assert.All(deleted.SkipLast(1), r => Assert.Equal(200, r[0].Length));
        Assert.Equal(["0-200", "200-400", "400-700", "700-900", "950-1150", "1150-1200"], deleted.Select(r => $"{r[3]}-{r[4]}"));
    }

    [Fact]
    public void Packed_FASTA_is_read_back_in_place()
    {
        run.Run("windows", "--genome", "@g.fa", "--tiles", "100", "--overlap", "20", "--output", "@t.fa.gz");
        run.Run("windows", "--genome", "@t.fa.gz", "--tiles", "100", "--overlap", "20", "--output", "@t.csv");
        Assert.Equal(29, run.Rows("t.csv").Count);
        Assert.All(run.Rows("t.csv").Take(24), (r, i) => Assert.Equal(chr.Substring(80 * i, 100), r[0]));
    }

    [Theory]
    [InlineData("b.bed:2: the feature ends at 2,001, but 'chr1' has 2,000 bases in g.fa; is the annotation of another assembly?",
        "chr1\t1\t2\nchr1\t1990\t2001\n")]
    [InlineData("b.bed:1: there is no record 'chr7' in g.fa", "chr7\t1\t2\n")]
    [InlineData("b.bed:1: the feature ends at 5, not after its start 5", "chr1\t5\t5\n")]
    [InlineData("b.bed:2: the end 'x' is not a whole number of at least 0", "track name=a\nchr1\t5\tx\n")]
    [InlineData("b.bed:1: a BED line has at least chromosome, start and end separated by tabs, but this has 2 columns", "chr1\t5\n")]
    [InlineData("b.bed:1: the strand '*' is none of +, - and .", "chr1\t5\t6\ta\t0\t*\n")]
    [InlineData("b.bed holds no feature", "# nothing\n")]
    [InlineData("p.csv would be empty", "chr1\t0\t1\n")]
    public void Features_that_do_not_fit_are_named_by_line(string message, string bed)
    {
        run.Write("b.bed", bed);
        Assert.Contains(message,
            run.Fails<DataException>("windows", "--genome", "@g.fa", "--features", "@b.bed", "--window", "-9..0", "--output", "@p.csv"));
    }

    [Theory]
    [InlineData("-249..50", -249, 50)]
    [InlineData("0..0", 0, 0)]
    [InlineData("promoter", -249, 50)]
    public void Windows_are_written_as_two_positions(string written, int from, int to)
    {
        Assert.Null(WindowShape.TryParse(written, whole: false, out var shape));
        Assert.Equal(new WindowShape(from, to), shape);
        Assert.Contains("must end at or after its start",
            run.Fails<UsageException>("windows", "--genome", "@g.fa", "--features", "x", "--window", "5..4", "--output", "@p.csv"));
    }
}

using PluginHost.Data.Tests.Sources;

namespace PluginHost.Data.Tests.Tools;

/// <summary>What data commands say of options and files, in the words of a command line.</summary>
public sealed class MessageTests : IDisposable
{
    private readonly DataRun run = new();

    public MessageTests()
    {
        run.Write("g.fa", ("chr1", Dna.Random(500, 1)));
        run.Write("b.bed", "chr1\t100\t200\tn\t0\t+\n");
        run.Write("t.csv", "sequence,label,chrom\nACGTACGTAC,0,chr1\nACGTACGTCC,1,chr2\n");
        run.Write("u.csv", "seq,label,chrom\nACGTACGTAC,0,chr1\nACGTACGTCC,1,chr2\n");
    }

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("--features: is needed: BED or GFF", "windows --genome @g.fa --output @o.csv")]
    [InlineData("--window: is needed: first and last", "windows --genome @g.fa --features @b.bed --output @o.csv")]
    [InlineData("--tiles: must be longer than what neighbours share, 100 bases; make tiles longer, or set --overlap (100 unless set; 0 for",
        "windows --genome @g.fa --tiles 100 --output @o.csv")]
    [InlineData("--dev-names: goes with --by chromosome, record or clade", "split @t.csv --dev-names chr1 --output @o")]
    [InlineData("--test-names: goes with --by chromosome, record or clade", "split @t.csv --test-names chr1 --output @o")]
    [InlineData("--train-names: goes with --by chromosome, record or clade", "split @t.csv --train-names chr1 --output @o")]
    [InlineData("--tree: is needed for --by clade", "split @t.csv --by clade --output @o")]
    [InlineData("DATA: takes one folder or file", "check")]
    [InlineData("DATA: is needed: the positives.", "negatives --how shuffle --output @o.csv")]
    [InlineData("--motif: and --motif-at or --motif-within are needed",
        "negatives --how sites --genome @g.fa --features @b.bed --anchor start --window 0..1 --output @o.csv")]
    [InlineData("--noisy-label: must differ from --clean-label.", "noise @t.csv --clean-label 0 --output @o.csv")]
    public void An_option_that_is_missing_is_named_as_it_is_written(string message, string command)
    {
        var words = command.Split(' ');
        Assert.StartsWith(message, run.Fails<UsageException>(words[0], words[1..]));
    }

    [Theory]
    [InlineData(
        "u.csv:1: there is no column 'sequence' (did you mean 'seq'?); the columns are: seq, label, chrom (separated by comma). Rename "
        + "it, or say which one it is with --sequence NAME.", "split @u.csv --output @o")]
    [InlineData("Rename it, or say which one it is with --label NAME, or --label none if there are none.", "check @t.csv --label kind")]
    [InlineData("The split train is empty: every chromosome of the data (chr1, chr2) is named for another; leave some out of --dev-names",
        "split @t.csv --by chromosome --dev-names chr* --output @o")]
    [InlineData("b.bed has no feature of the type 'gene'; features of BED have none: leave --type out.",
        "windows --genome @g.fa --features @b.bed --window 0..9 --type gene --output @o.csv")]
    [InlineData("b.bed:1: the feature has no attribute 'gene' with a value, which --label asks for; BED has none: use {name}.",
        "windows --genome @g.fa --features @b.bed --window 0..9 --label {gene} --output @o.csv")]
    [InlineData("--records: no record of g.fa is called 'chr2' (did you mean 'chr1'?); it has: chr1.",
        "windows --genome @g.fa --features @b.bed --window 0..9 --records chr2 --output @o.csv")]
    [InlineData("t.csv has no column 'start'; negatives are matched by chromosome, start and end",
        "negatives @t.csv --how genome --genome @g.fa --output @o.csv")]
    public void What_a_file_lacks_is_said_in_options(string message, string command)
    {
        var words = command.Split(' ');
        Assert.Contains(message, run.Fails<DataException>(words[0], words[1..]));
    }

    [Fact]
    public void Features_without_a_strand_are_told_where_it_matters()
    {
        run.Write("none.bed", "track name=x\r\nbrowser position chr1\r\nchr1\t100\t110\r\nCHR1\t200\t210\tn\t0\t-\r\n");
        run.Run("windows", "--genome", "@g.fa", "--features", "@none.bed", "--window", "0..9", "--output", "@s.csv");
        Assert.Equal(["+", "-"], run.Rows("s.csv").Select(r => r[6]));
        Assert.Contains("warning: 1 window around the ends of features without a strand ('.'): read forward, as if they were on +.",
            run.Said);
        run.Said.Clear();
        run.Run("windows", "--genome", "@g.fa", "--features", "@none.bed", "--anchor", "center", "--window", "0..9", "--output", "@c.csv");
        Assert.DoesNotContain(run.Said, s => s.StartsWith("warning"));
    }

    [Theory]
    [InlineData("'start' and 'end' are no start and end; a line that names columns begins with #", "chrom\tstart\tend\n")]
    [InlineData("the feature ends at 5, not after its start 10", "chr1\t10\t5\r\n")]
    [InlineData("the start '-1' is not a whole number of at least 0", "chr1\t-1\t5\n")]
    [InlineData("the feature ends at 501, but 'chr1' has 500 bases", "1\t490\t501\n")]
    [InlineData("there is no record 'track1'", "track1\t1\t5\n")]
    public void A_line_of_BED_that_does_not_fit_is_named(string message, string line)
    {
        run.Write("x.bed", line);
        Assert.Contains("x.bed:1: " + message,
            run.Fails<DataException>("windows", "--genome", "@g.fa", "--features", "@x.bed", "--window", "0..9", "--output", "@o.csv"));
    }

    [Fact]
    public void Labels_of_attributes_keep_every_value()
    {
        run.Write("a.gtf",
            "chr1\tx\tgene\t11\t60\t.\t+\t.\tgene_id \"G1\"; gene_name \"CYCD1;1\"; note \"old; biotype wrong\";biotype \"a\"; tag "
            + "\"x\"; tag \"y\";\r\nchr1\tx\tgene\t101\t160\t.\t+\t.\tgene_name \"CYCD1;2\"; biotype \"b\"; tag \"z\";\n");
        run.Run("windows", "--genome", "@g.fa", "--features", "@a.gtf", "--window", "0..9", "--label", "{biotype}/{tag}", "--output",
            "@o.tsv");
        Assert.Equal([("a/x,y", "CYCD1;1"), ("b/z", "CYCD1;2")],
            run.Lines("o.tsv").Skip(1).Select(l => l.Split('\t')).Select(c => (c[1], c[7])));
    }
}

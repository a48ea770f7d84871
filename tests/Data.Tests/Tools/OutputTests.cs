namespace PluginHost.Data.Tests.Tools;

/// <summary>Every data tool keeps its hands off its inputs, and off what is there already.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly DataRun run = new();

    public OutputTests()
    {
        run.Write("g.fa", ("c", string.Concat(Enumerable.Repeat("ACGTTGCAAC", 40))));
        run.Write("rows.csv", "sequence,label,id\n" + string.Concat(Enumerable.Range(0, 40)
            .Select(i => $"{string.Concat(Enumerable.Range(0, 8).Select(p => "ACGT"[(i >> (2 * p)) & 3]))},1,r{i}\n")));
        run.Write("b.bed", "c\t10\t30\n");
        run.Write("v.vcf", "##fileformat=VCFv4.2\n##contig=<ID=c>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n"
            + "c\t1\t.\tA\tC\t.\tPASS\t.\tGT\t0|1\n");
        run.Write("pool.csv", "sequence,label,id\nACGTACGA,0,p1\n");
        run.Write("pred.tsv", "id\tlabel\tpredicted\tp_0\tp_1\np1\t0\t1\t0.2\t0.8\n");
    }

    public void Dispose() => run.Dispose();

    public static TheoryData<string, string, string> Tools => new()
    {
        { "windows", "--genome @g.fa --tiles 50 --overlap 0", "g.fa" },
        { "windows", "--genome @g.fa --features @b.bed --window=-2..1", "b.bed" },
        { "noise", "@g.fa --count 4 --length 20", "g.fa" },
        { "negatives", "@rows.csv --how shuffle --k 1", "rows.csv" },
        { "negatives", "@rows.csv --how adversarial --pool @pool.csv --predictions @pred.tsv --id id", "pool.csv" },
        { "negatives", "@rows.csv --how adversarial --pool @pool.csv --predictions @pred.tsv --id id", "pred.tsv" },
        { "split", "@rows.csv", "rows.csv" },
        { "haplotypes", "--genome @g.fa --variants @v.vcf", "v.vcf" },
        { "check", "@rows.csv", "rows.csv" },
    };

    [Theory]
    [MemberData(nameof(Tools))]
    public void No_tool_writes_over_what_it_reads(string verb, string arguments, string input)
    {
        var before = File.ReadAllText(run[input]);
        File.CreateSymbolicLink(run["link" + Path.GetExtension(input)], run[input]);
        foreach (var name in (string[])[input, "link" + Path.GetExtension(input)])
            Assert.Contains("is the input itself",
                run.Fails<UsageException>(verb, [.. arguments.Split(' '), "--output", "@" + name, "--force"]));
        Assert.Equal(before, File.ReadAllText(run[input]));
    }

    [Theory]
    [InlineData("windows", "--genome @g.fa --tiles 50 --overlap 0", "out.csv")]
    [InlineData("noise", "@g.fa --count 4 --length 20", "out.csv")]
    [InlineData("negatives", "@rows.csv --how shuffle --k 1", "out.csv.gz")]
    [InlineData("negatives", "@rows.csv --how adversarial --pool @pool.csv --predictions @pred.tsv --id id", "out.csv")]
    [InlineData("split", "@rows.csv", "out")]
    [InlineData("haplotypes", "--genome @g.fa --variants @v.vcf", "out")]
    [InlineData("check", "@rows.csv", "out.json")]
    public void What_is_there_is_replaced_with_force_alone(string verb, string arguments, string output)
    {
        string[] all = [.. arguments.Split(' '), "--output", "@" + output];
        run.Run(verb, all);
        Assert.Contains("exists already; choose another name, or replace it with --force", run.Fails<UsageException>(verb, all));
        run.Run(verb, [.. all, "--force"]);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(run.Root), e => Path.GetFileName(e).StartsWith('.'));
    }

    [Theory]
    [InlineData("windows", "--genome @g.fa --tiles 50 --overlap 0", "o.parquet")]
    [InlineData("noise", "@g.fa --count 4 --length 20", "o.json")]
    [InlineData("negatives", "@rows.csv --how shuffle", "o.bed")]
    [InlineData("negatives", "@rows.csv --how adversarial --pool @pool.csv --predictions @pred.tsv --id id", "o.tsv")]
    [InlineData("check", "@rows.csv", "o.csv")]
    public void An_ending_is_honoured_or_refused(string verb, string arguments, string output) =>
        Assert.Contains("the name must end in", run.Fails<UsageException>(verb, [.. arguments.Split(' '), "--output", "@" + output]));

    [Fact]
    public void A_missing_folder_is_named_before_the_genome_is_read() => Assert.Contains("the folder",
        run.Fails<UsageException>("windows", "--genome", "@nowhere.fa", "--tiles", "50", "--overlap", "0", "--output", "@none/o.csv"));

    [Fact]
    public void Standard_output_holds_the_table_alone()
    {
        run.Run("noise", "@g.fa", "--count", "4", "--length", "20", "--output", "/dev/null");
        Assert.Contains(run.Said, line => line.Contains("2 clean segments"));
        Assert.False(File.Exists("/dev/null.json"));
    }
}

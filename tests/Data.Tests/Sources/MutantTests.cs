using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Libs.Genomics.Features;
using PluginHost.Libs.Genomics.Trees;
using PluginHost.Libs.Genomics.Variants;
using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Tables;

namespace PluginHost.Data.Tests.Sources;

/// <summary>Every reader of data, on damaged files: read or refused, soon, in bounded memory, without a defect.</summary>
public sealed class MutantTests : IDisposable
{
    private const int Each = 40;

    private readonly DataFolder folder = new();
    private readonly ComponentFactory components = new(() =>
    {
        var catalog = new Catalog();
        catalog.Register(new PluginInfo("Tables", "Tables.dll", "", "", null), new TablesPlugin().Register);
        catalog.Register(new PluginInfo("Fasta", "Fasta.dll", "", "", null), new FastaPlugin().Register);
        return catalog;
    });

    public void Dispose() => folder.Dispose();

    private static readonly byte[] table =
        Text("id,sequence,label,score\na,ACGTACGT,0,1.5\n\"b\",\"ACGTNN\",1,-2\nc,ACGTTTT,0,3e2\nd,GGG,1,0\n");

    private static readonly byte[] fasta = Text(">a one\nACGTACGTAC\nGTACGTACGT\nAC\n>b\nNNNNACGTRY\nACGT\n>c\nTTTT\n");

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    /// <summary>Reads all samples of a source.</summary>
    private void ReadAll(string use, params (string Option, object Value)[] options)
    {
        var spec = new ComponentSpec(use, options.ToDictionary(o => o.Option, o => (object?)o.Value));
        var data = new PipelineBuildContext(components, null, null, PathSearch.WorkingDirectory).Build<IDataSource>(spec);
        if (data.Open(Split.Train) is not { } source) return;
        for (var i = 0L; i < Math.Min(source.Count, 1000); i++) source.Get(i, new SeededRandom((ulong)i));
    }

    private void ReadTable(byte[] bytes, string name) => ReadAll("table", ("train", folder.Write(name, bytes)));

    // Old indexes of another mutant must not be taken for this one's.
    private void ReadFasta(byte[] bytes, string name)
    {
        File.Delete(folder[name] + ".fai");
        File.Delete(folder[name] + ".gzi");
        ReadAll("fasta", ("path", folder.Write(name, bytes)), ("window", 4));
    }

    [Fact]
    public void Tables_plain_gzip_and_bgzip()
    {
        Assert.InRange(Mutants.Try(table, 2 * Each, 1, bytes => ReadTable(bytes, "t.csv")), Each / 8, 2 * Each);
        Mutants.Try(Pack.Gzip(table), Each, 2, bytes => ReadTable(bytes, "g.csv.gz"));
        Mutants.Try(Pack.Bgzip(table, blockBytes: 30), Each, 3, bytes => ReadTable(bytes, "b.csv.gz"));
        // Damage before packing: what comes out of a whole file is damaged.
        Mutants.Try(table, Each, 4, bytes => ReadTable(Pack.Gzip(bytes), "p.csv.gz"));
    }

    [Fact]
    public void Sequences_plain_gzip_and_bgzip()
    {
        Assert.InRange(Mutants.Try(fasta, 2 * Each, 5, bytes => ReadFasta(bytes, "f.fa")), Each / 8, 2 * Each);
        Mutants.Try(Pack.Gzip(fasta), Each, 6, bytes => ReadFasta(bytes, "g.fa.gz"));
        Mutants.Try(Pack.Bgzip(fasta, blockBytes: 20), Each, 7, bytes => ReadFasta(bytes, "b.fa.gz"));
    }

    [Theory]
    [InlineData(".fai")]
    [InlineData(".gzi")]
    public void Indexes(string index)
    {
        var golden = Path.Combine(AppContext.BaseDirectory, "Sources", "Golden", "periodic.fa.gz");
        foreach (var end in (string[])["", ".fai", ".gzi"]) folder.Write("i.fa.gz" + end, File.ReadAllBytes(golden + end));
        Mutants.Try(File.ReadAllBytes(golden + index), Each, 8, bytes =>
        {
            folder.Write("i.fa.gz" + index, bytes);
            var file = FastaFile.Open(folder["i.fa.gz"]);
            foreach (var record in file.Records.Take(5)) file.Read(record, 0, (int)Math.Min(record.Length, 100));
        });
    }

    [Fact]
    public void Variants()
    {
        var good = Text("##fileformat=VCFv4.2\n##contig=<ID=c,length=16>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n"
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts\tt\nc\t2\t.\tC\tG\t.\tPASS\t.\tGT:PS\t0|1:2\t1|0:2\n"
            + "c\t6\t.\tC\tCT,<DEL>\t.\tPASS\tEND=9\tGT\t1|2\t.|1\nc\t9\t.\tACG\tA\t.\t.\t.\tGT\t0/1\t1\n");
        void Read(byte[] bytes, string name)
        {
            var file = VcfFile.Open(folder.Write(name, bytes));
            _ = file.Records([.. Enumerable.Range(0, file.Samples.Count)]).Take(1000).Count();
        }
        Assert.InRange(Mutants.Try(good, 2 * Each, 9, bytes => Read(bytes, "v.vcf")), Each / 8, 2 * Each);
        Mutants.Try(Pack.Bgzip(good, blockBytes: 50), Each, 10, bytes => Read(bytes, "v.vcf.gz"));
    }

    [Theory]
    [InlineData("x.bed", "c\t0\t10\tone\t5\t+\nc\t20\t30\ttwo\t0\t-\t20\t30\t0\t2\t3,4,\t0,6,\n")]
    [InlineData("x.gtf", "c\tx\tgene\t1\t10\t.\t+\t.\tgene_id \"g;1\"; gene_name \"n\";\nc\tx\texon\t2\t5\t.\t-\t0\tgene_id \"g\";\n")]
    [InlineData("x.gff3", "##gff-version 3\nc\tx\tgene\t1\t10\t.\t+\t.\tID=g1;Name=a%20b\nc\tx\tmRNA\t2\t9\t.\t+\t.\tID=m;Parent=g1\n")]
    public void Features(string name, string good) =>
        Mutants.Try(Text(good), Each, 11, bytes => _ = FeatureFile.Read(folder.Write(name, bytes)).Take(1000).Count());

    [Fact]
    public void Trees() =>
        Mutants.Try(Text("((a:0.1,'b c':2e-3)x:1,(c,d)[&s=1]:0.5)root;\n"), Each, 12, bytes =>
            _ = NewickTree.Read(folder.Write("t.nwk", bytes)).Leaves.Count);
}

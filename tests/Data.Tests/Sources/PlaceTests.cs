using FsCheck;
using FsCheck.Fluent;
using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Fasta.Windows;
using PluginHost.Plugins.Tables.Labelled;
using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Data.Tests.Sources;

/// <summary>Where samples lie on a genome: whoever knows it says it.</summary>
public sealed class PlaceTests : IDisposable
{
    private const string Twelve = "ACGTACGTACGT";
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static List<Sample> All(ISampleSource? samples) =>
        [.. Enumerable.Range(0, (int)samples!.Count).Select(i => samples.Get(i, new SeededRandom((ulong)i)))];

    private List<Sample> Fasta(string text, FastaOptions options)
    {
        options.Path = [folder.Write("g.fa", text)];
        options.As = SplitUse.Any;
        return All(new FastaSource(options, p => p).Open(Split.Test));
    }

    private List<Sample> Table(string text) =>
        All(new TableSource(new() { Path = folder.Write("t.csv", text) }, p => p).Open(Split.Test));

    [Theory]
    [InlineData("Tiles")]
    [InlineData("Overlap")]
    [InlineData("Random")]
    public void A_window_lies_where_its_bases_are(string how)
    {
        var sequence = Dna.Random(500, 3);
        foreach (var sample in Fasta(Dna.Fasta([("chr4", sequence)]), new() { Window = 40, How = Enum.Parse<WindowMode>(how) }))
        {
            Assert.Equal(("chr4", '+'), (sample.Place!.Chromosome, sample.Place.Strand));
            Assert.Equal(sequence[(int)sample.Place.Start..(int)sample.Place.End], sample.Sequence);
        }
    }

    [Theory]
    [InlineData("chr4", "chr4", 0, 12, '+')]
    [InlineData("chr4 a description: 5-17", "chr4", 0, 12, '+')]
    [InlineData("w7|1 chromosome=chr2R start=100 end=112 strand=- name=gene", "chr2R", 100, 112, '-')]
    [InlineData("chr3.NA1.2 reference=chr3:50-63", "chr3", 50, 63, '+')]
    [InlineData("chr1:100-112(-)", "chr1", 100, 112, '-')]
    [InlineData("chr1:100-112(+)|donor", "chr1", 100, 112, '+')]
    [InlineData("chr1:101-112", "chr1", 100, 112, '+')]
    [InlineData("hg38_dna range=chr1:101-112 5'pad=0 strand=- repeatMasking=none", "chr1", 100, 112, '-')]
    [InlineData("HLA:A:0-12", "HLA:A", 0, 12, '+')]
    [InlineData("chr1:100-150", "chr1:100-150", 0, 12, '+')]
    [InlineData("mystart=3", "mystart=3", 0, 12, '+')]
    public void A_header_says_where_a_record_was_cut_from(string header, string chromosome, long start, long end, char strand) =>
        Assert.Equal(new(chromosome, start, end, strand),
            Assert.Single(Fasta($">{header}\n{Twelve}\n", new() { How = WindowMode.Whole })).Place);

    [Fact]
    public void A_window_of_such_a_record_is_counted_on_its_genome()
    {
        Assert.Equal([new GenomicPlace("chr1", 107, 112, '-'), new("chr1", 102, 107, '-')],
            Fasta($">chr1:100-112(-)\n{Twelve}\n", new() { Window = 5 }).Select(s => s.Place));
        // The sequence has an insertion: nobody knows where its bases lie.
        Assert.All(Fasta($">s reference=chr1:100-110\n{Twelve}\n", new() { Window = 5 }), s => Assert.Null(s.Place));
    }

    [Fact]
    public void A_stretch_of_the_reverse_strand_is_mirrored() => Prop.ForAll(
        Gen.Choose(0, 1000).Four().ToArbitrary(), t =>
        {
            var (start, before, bases, after) = t;
            var length = before + bases + after;
            var forward = new GenomicPlace("c", start, start + length, '+');
            var reverse = forward with { Strand = '-' };
            Assert.Equal(new("c", start + before, start + before + bases, '+'), forward.Within(before, before + bases, length));
            Assert.Equal(new("c", start + after, start + after + bases, '-'), reverse.Within(before, before + bases, length));
            Assert.Null(forward.Within(0, 0, length + 1));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tables_with_the_columns_of_a_place_have_places()
    {
        var rows = Table($"sequence,Chromosome,start,end,strand\n{Twelve},chr1,5,17,-\n{Twelve},chr2,0,12,1\n{Twelve},,,,\n");
        Assert.Equal([new("chr1", 5, 17, '-'), new("chr2", 0, 12, '+'), null], rows.Select(r => r.Place));
        Assert.Equal(new("chr1", 5, 17, '.'), Assert.Single(Table($"sequence,chrom,start,end\n{Twelve},chr1,5,17\n")).Place);
        Assert.All(Table($"sequence,start,end\n{Twelve},5,17\n"), row => Assert.Null(row.Place));
        Assert.All(Table($"sequence,region,start,end\n{Twelve},hand,early,late\n"), row => Assert.Null(row.Place));
    }

    [Fact]
    public void Places_counted_from_one_are_seen_by_the_lengths_of_all_sequences()
    {
        var source = new TableSource(
            new() { Path = folder.Write("t.csv", $"sequence,chr,start,end\n{Twelve},1,6,17\nACGT,1,1,4\n") }, p => p);
        Assert.Equal([new("1", 5, 17, '.'), new("1", 0, 4, '.')], All(source.Open(Split.Test)).Select(r => r.Place));
        Assert.Contains(source.Notes, n => n.Contains("count from 1 with both ends included"));
        // One row that says otherwise, and start and end are what they say.
        Assert.Equal([6L, 0L], Table($"sequence,chr,start,end\n{Twelve},1,6,17\nACGT,1,0,4\n").Select(r => r.Place!.Start));
    }

    [Fact]
    public void Labels_and_places_stand_in_one_header()
    {
        folder.Write("train.fa", $">chr1:5-17(-)|donor chromosome=chr1 start=5 end=17 strand=-\n{Twelve}\n>a b|acceptor site\n{Twelve}\n");
        var rows = All(new LabelledFastaSource(new() { Folder = folder.Root }, p => p).Open(Split.Train));
        Assert.Equal([("donor", new("chr1", 5, 17, '-')), ("acceptor site", new GenomicPlace("a", 0, 12, '+'))],
            rows.Select(r => (r.Label!, r.Place!)));
    }

    [Fact]
    public void Sequences_looked_up_on_a_genome_keep_their_places()
    {
        var genome = folder.Write("g.fa", ">chr1\nAACCGGTTAC\n");
        folder.Write("train/a.csv", "id,region,start,end,strand\n5,chr1,2,6,+\n6,chr1,0,4,-\n");
        folder.Write("train/b.csv", "id,region,start,end\n7,chr1,0,5\n");
        Assert.Equal([new("chr1", 2, 6, '+'), new("chr1", 0, 4, '-'), new GenomicPlace("chr1", 0, 5, '+')],
            All(new ClassFoldersSource(new() { Path = folder.Root, Genome = [genome] }, p => p).Open(Split.Train)).Select(s => s.Place!));
    }

    [Fact]
    public void A_record_read_from_an_index_alone_has_its_place() =>
        Assert.Equal(new("chr1", 3, 8, '-'), RecordPlace.Of(new FastaRecord("chr1:3-8(-)", 5, new LineLayout(0, 5, 6))));
}

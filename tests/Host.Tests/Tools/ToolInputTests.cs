using PluginHost.Host.Tests.Models;
using PluginHost.Libs.Tools.Input;
using PluginHost.Libs.Tools.Strands;
using PluginHost.PluginKit;

namespace PluginHost.Host.Tests.Tools;

/// <summary>Sequences by their places on a genome, and both strands of them.</summary>
public sealed class ToolInputTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-input-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Regions_are_counted_from_one_and_travel_as_places()
    {
        var source = Open(new() { Input = [Genome()], Region = ["chr1:3-6", "2:1-4"] });
        Assert.Equal(["chr1:2-6 GTAA", "chr2:0-4 TTGC"], All(source).Select(s => $"{s.Id} {s.Sequence}"));
        Assert.Equal(new GenomicPlace("chr1", 2, 6, '+'), All(source)[0].Place);
    }

    [Fact]
    public void Places_obey_their_strand_and_a_window_is_centred()
    {
        var places = File("places.bed", "chr1\t2\t6\tone\t0\t-\nchr2\t1\t3\n");
        var source = Open(new() { Input = [places], Genome = Genome() });
        Assert.Equal(["chr1:2-6(-) TTAC", "chr2:1-3 TG"], All(source).Select(s => $"{s.Id} {s.Sequence}"));
        Assert.Equal("one", All(source)[0].Text(PlacedSource.NameField));
        Assert.Equal(["chr1:3-5", "chr2:1-3"], All(Open(new()
        {
            Input = [File("p.bed", "chr1\t2\t6\nchr2\t1\t3\n")], Genome = Genome(),
            Window = 2
        })).Select(s => s.Id));
    }

    [Theory]
    [InlineData("chr1:3-60", "is it of another assembly?")]
    [InlineData("chr9:3-6", "there is no record 'chr9'")]
    public void A_region_that_is_not_there_is_named(string region, string said) =>
        Assert.Contains(said, Assert.Throws<DataException>(() => Open(new() { Input = [Genome()], Region = [region] })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Places_need_a_genome() => Assert.Contains("--genome FILE", Assert.Throws<UsageException>(() =>
        Open(new() { Input = [File("places.bed", "chr1\t2\t6\n")] })).Message, StringComparison.Ordinal);

    [Fact]
    public void Variants_come_as_reference_and_alternative_with_the_same_bases_around()
    {
        // ACGTAACC: a substitution, two alternatives, a deletion written with its base before, a symbolic allele.
        var source = Open(new()
        {
            Input = [Vcf("chr1\t4\t.\tT\tC,G\t.\t.\t.\n1\t4\t.\tTA\tT,<DEL>\t.\t.\t.\n")], Genome = Genome(), Window = 5,
        });
        Assert.Equal(
            ["chr1:3:T:C/ref CGTAA", "chr1:3:T:C/alt CGCAA", "chr1:3:T:G/ref CGTAA", "chr1:3:T:G/alt CGGAA",
                "chr1:4:A:/ref GTAAC", "chr1:4:A:/alt GTAC"],
            All(source).Select(s => $"{s.Id} {s.Sequence}"));
        Assert.Equal(new GenomicPlace("chr1", 1, 6, '+'), All(source)[1].Place);
        Assert.Equal("alt chr1:4:A:", $"{All(source)[5].Text(AlleleSource.AlleleField)} {All(source)[5].Text(AlleleSource.VariantField)}");
    }

    [Fact]
    public void Variants_of_another_build_are_refused() => Assert.Contains("is it another genome build?",
        Assert.Throws<DataException>(() => Open(new()
        {
            Input = [Vcf("chr1\t4\t.\tA\tC\t.\t.\t.\n")], Genome = Genome(), Window = 5,
        })).Message, StringComparison.Ordinal);

    [Fact]
    public void Variants_need_a_window() => Assert.Contains("--window N", Assert.Throws<UsageException>(() =>
        Open(new() { Input = [Vcf("")], Genome = Genome() })).Message, StringComparison.Ordinal);

    [Fact]
    public void Both_strands_come_one_behind_the_other_and_bases_are_turned_round()
    {
        var source = new StrandedSource(Open(new() { Input = [Genome()], Region = ["chr1:3-6"] }));
        Assert.Equal(2, source.Count);
        Assert.Equal(["GTAA", "TTAC"], All(source).Select(s => s.Sequence));
        Assert.Equal(['+', '-'], All(source).Select(s => s.Place!.Strand));
        Assert.Equal([2, 2.5f], StrandedSource.Mean([1, 2], [3, 3]));
        Assert.Equal([5, 4, 1], StrandedSource.MeanOfBases([1, float.NaN, 2], [0, 4, 9]));
    }

    [Fact]
    public void Strands_are_joined_in_the_order_of_the_source_whatever_comes_first()
    {
        var joiner = new StrandJoiner<string>(bothStrands: true, (forward, reverse) => forward + reverse);
        List<string> taken = [];
        foreach (var place in (long[])[3, 0, 2, 5, 1, 4])
        {
            joiner.Add(place, $"{place}");
            while (joiner.TryTake(out var joined)) taken.Add(joined);
        }
        Assert.Equal(["01", "23", "45"], taken);
        Assert.Equal(3, joiner.Taken);
    }

    private string Vcf(string lines) =>
        File("calls.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + lines);

    private string Genome() => File("genome.fa", ">chr1\nACGTAACC\n>chr2\nTTGCA\n");

    private string File(string name, string text)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private static ISampleSource Open(Options options) => ToolInput.Open(new ToolBench(null!, []), options, new Workbench());

    private static List<Sample> All(ISampleSource source) =>
        [.. Enumerable.Range(0, (int)source.Count).Select(i => source.Get(i, new SeededRandom(1)))];

    private sealed class Options : InputOptions;
}

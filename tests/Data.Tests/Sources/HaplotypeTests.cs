using PluginHost.Plugins.Tables.Haplotypes;

namespace PluginHost.Data.Tests.Sources;

public sealed class HaplotypeTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static List<Sample> All(IDataSource source, Split split) =>
        [.. Enumerable.Range(0, (int)source.Open(split)!.Count).Select(i => source.Open(split)!.Get(i, new SeededRandom((ulong)i)))];

    private HaplotypeSource Source(string text) => new(new() { Path = folder.Write("a.hapt", text) }, p => p);

    [Fact]
    public void A_line_is_a_haplotype_with_its_group_as_label()
    {
        var source = Source("Real HG1_A 1 0 1\nReal HG1_B 0 0 1\n\nMade G7 1 1 1\n");

        Assert.Equal([("HG1_A", "101", "Real"), ("HG1_B", "001", "Real"), ("G7", "111", "Made")],
            All(source, Split.Test).Select(s => (s.Id, s.Sequence, s.Label!)));
        Assert.Equal("a.hapt:4", All(source, Split.Train)[2].Origin);
        Assert.False(source.IsDivided);
    }

    [Fact]
    public void Two_haplotypes_of_one_name_are_told_apart() =>
        Assert.Equal(["HG1:1", "HG1:2"], All(Source("R HG1 1 0\nR HG1 0 0\n"), Split.Train).Select(s => s.Id));

    [Theory]
    [InlineData("Real a 1 0\nReal b 1 0 1\n", "a.hapt:2: this haplotype has 3 SNPs, the first one 2")]
    [InlineData("Real a 1 2\n", "a.hapt:1, from its third column on: '2' at position 2 is not in the alphabet 01")]
    [InlineData("Real a 101\n", "a.hapt:1: a haplotype is written as a group, a name and a 0 or 1 for each SNP")]
    [InlineData("Real a\n", "a.hapt:1: a haplotype is written as")]
    public void Malformed_lines_are_refused_with_their_number(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DataException>(() => Source(text).Open(Split.Train)).Message);

    [Fact]
    public void The_sample_is_read_and_divided()
    {
        var source = new HaplotypeSource(
            new() { Path = Path.Combine(Repository.Root, "samples", "haplotypes", "made.hapt"), DevShare = 0.15 }, p => p);

        Assert.Equal((204, 36), (All(source, Split.Train).Count, All(source, Split.Dev).Count));
        Assert.All(All(source, Split.Dev), s => Assert.Equal(48, s.Sequence.Length));
        Assert.Empty(All(source, Split.Train).Select(s => s.Sequence).Intersect(All(source, Split.Dev).Select(s => s.Sequence)));
    }

    [Fact]
    public void The_1000_Genomes_haplotypes_are_read_as_published()
    {
        const string name = "haplotypes_805/805_SNP_1000G_real.hapt.gz";
        var path = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", name));
        Assert.SkipUnless(File.Exists(path), $"../shared/data/{name} is not here");
        var all = All(new HaplotypeSource(new() { Path = path }, p => p), Split.Train);

        Assert.Equal(5008, all.Count);
        Assert.All(all, s => Assert.Equal(805, s.Sequence.Length));
    }
}

using PluginHost.Libs.Genomics.Names;

namespace PluginHost.Data.Tests.Genomics;

public sealed class ChromosomeNameTests
{
    [Theory]
    [InlineData("chr20", "20", true)]
    [InlineData("Chr1", "CHR1", true)]
    [InlineData("chrM", "MT", true)]
    [InlineData("M", "chrMT", true)]
    [InlineData("Mt", "chrM", true)]
    [InlineData("chrX", "X", true)]
    [InlineData("chr1", "chr10", false)]
    [InlineData("chrX", "x", false)]
    [InlineData("chr", "", false)]
    [InlineData("2L", "2R", false)]
    public void Two_names_are_one_chromosomes_or_not(string one, string other, bool same)
    {
        Assert.Equal(same, ChromosomeName.Comparer.Equals(one, other));
        Assert.Equal(same, ChromosomeName.Matches(one, other));
        Assert.Equal(same, ChromosomeName.Matches(other, one));
    }

    [Theory]
    [InlineData("chr*", "chr7", true)]
    [InlineData("chr*", "7", true)]
    [InlineData("chr*", "MT", true)]
    [InlineData("chr*", "scaffold_7", false)]
    [InlineData("chr*", "KI270706.1", false)]
    [InlineData("1?", "chr12", true)]
    [InlineData("chr1?", "12", true)]
    [InlineData("chr1?", "2", false)]
    [InlineData("*_random", "chr1_random", true)]
    public void A_pattern_means_a_chromosome_under_each_of_its_names(string pattern, string name, bool meant) =>
        Assert.Equal(meant, ChromosomeName.Matches(pattern, name));

    [Fact]
    public void A_table_finds_a_name_as_written_first_and_refuses_one_that_may_be_two()
    {
        var table = new ChromosomeTable<int>();
        Assert.True(table.TryAdd("chr1", 1));
        Assert.True(table.TryAdd("1", 2));
        Assert.True(table.TryAdd("chrM", 3));
        Assert.False(table.TryAdd("chr1", 4));
        Assert.True(table.TryFind("1", "f:1", out var found) && found == 2);
        Assert.True(table.TryFind("chr1", "f:1", out found) && found == 1);
        Assert.True(table.TryFind("MT", "f:1", out found) && found == 3);
        Assert.False(table.TryFind("chr2", "f:1", out _));
        Assert.Equal("f:1: 'Chr1' may be 'chr1' or '1'; write the one that is meant.",
            Assert.Throws<DataException>(() => table.TryFind("Chr1", "f:1", out _)).Message);
    }
}

using PluginHost.Plugins.Tables.Rows;

namespace PluginHost.Data.Tests.Sources;

/// <summary>Reads published data sets where ../shared/data holds them beside the repository.</summary>
public sealed class PublishedTableTests
{
    private static string Data(string name)
    {
        var path = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", name));
        Assert.SkipUnless(Path.Exists(path), $"../shared/data/{name} is not here");
        return path;
    }

    [Theory]
    [InlineData("mouse_2", 2620, 328, 328, 101)]
    [InlineData("mouse_3", 1904, 239, 239, 101)]
    [InlineData("prom_core_tata", 4904, 613, 613, 70)]
    public void Gue_folders_have_the_published_sizes(string name, int train, int dev, int test, int bases)
    {
        var source = new TableSource(new() { Folder = Data($"gue/{name}") }, p => p);
        foreach (var (split, rows) in new[] { (Split.Train, train), (Split.Dev, dev), (Split.Test, test) })
        {
            var samples = source.Open(split)!;
            Assert.Equal(rows, samples.Count);
            var sample = samples.Get(rows - 1, new SeededRandom(0));
            Assert.Equal(bases, sample.Sequence.Length);
            Assert.Contains(sample.Label, (string[])["0", "1"]);
        }
        if (name == "prom_core_tata") Assert.Contains(source.Notes, n => n.StartsWith("16 rows of test (2.61 %) are also in train"));
    }

    [Fact]
    public void Gzip_tables_by_file()
    {
        var folder = Data("deepgsr_fruitfly");
        var source = new TableSource(new() { Folder = folder }, p => p);
        Assert.All(Enum.GetValues<Split>(), split => Assert.True(source.Open(split)!.Count > 100));
        Assert.DoesNotContain(source.Notes, n => n.Contains("also in"));
    }

    [Fact]
    public void Splice_junctions_hold_IUPAC_codes()
    {
        var source = new TableSource(new() { Path = Data("uci_splice/uci_splice_clean.csv"), DevShare = 0.1, TestShare = 0.2 }, p => p);
        Assert.InRange(source.Open(Split.Test)!.Count, 630, 645);
        Assert.Contains(source.Notes, n => n.Contains("3,190 rows"));
    }
}
